import { createRequire } from 'node:module';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import * as fc from 'fast-check';
import { telnyxSample } from '../../../functions/providers/telnyx/sample.ts';
import { agreesWithLibrary } from '../agrees-with-library.ts';

interface Webhooks {
  readonly TelnyxWebhook: new (key: string) => {
    verify(payload: string, headers: Readonly<Record<string, string>>): Promise<void>;
  };
}

const { TelnyxWebhook } = createRequire(import.meta.url)('telnyx/lib/webhooks') as Webhooks;

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

agreesWithLibrary({
  name: 'telnyx',
  sample: telnyxSample,
  keys: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => {
    const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
    const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
    return {
      secret: raw.toString('base64'),
      privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    };
  }),
  accepts: async ({ body, headers }, { secret }) => {
    try {
      await new TelnyxWebhook(secret).verify(Buffer.from(body).toString(), headers);
      return true;
    } catch {
      return false;
    }
  },
});
