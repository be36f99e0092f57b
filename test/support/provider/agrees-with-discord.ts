import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { verifyKey } from 'discord-interactions';
import * as fc from 'fast-check';
import type { Sample } from '../../../functions/providers/sample.ts';
import { agreesWithLibrary } from './agrees-with-library.ts';
import { now } from './clock.ts';
import { withHeaders } from './documented-formula.ts';

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    secret: raw.toString('hex'),
    privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
});

/** Both kinds of Discord's requests are signed alike. */
export function agreesWithDiscord(sample: Sample): void {
  agreesWithLibrary({
    name: 'discord-interactions',
    sample,
    keys,
    sign: (request, { privateKey = '' }) => {
      const timestamp = String(now.getTime() / 1000);
      const signed = Buffer.concat([Buffer.from(timestamp), request.body]);
      return withHeaders(request, {
        'x-signature-timestamp': timestamp,
        'x-signature-ed25519': sign(null, signed, privateKey).toString('hex'),
      });
    },
    accepts: async ({ body, headers }, { secret }) =>
      await verifyKey(
        Buffer.from(body),
        headers['x-signature-ed25519'] ?? '',
        headers['x-signature-timestamp'] ?? '',
        secret,
      ),
  });
}
