import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { sendgridSample } from '../../../functions/providers/sendgrid/sample.ts';
import { agreesWithLibrary, jsonBodies } from '../agrees-with-library.ts';

interface Library {
  readonly EventWebhook: new () => {
    convertPublicKeyToECDSA(key: string): unknown;
    verifySignature(key: unknown, payload: Buffer, signature: string, timestamp: string): boolean;
  };
}

const { EventWebhook } = createRequire(import.meta.url)('@sendgrid/eventwebhook') as Library;

const pairs = Array.from({ length: 8 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    secret: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
});

agreesWithLibrary({
  name: '@sendgrid/eventwebhook',
  sample: sendgridSample,
  keys: fc.constantFrom(...pairs),
  // SendGrid signs the end of the last line too.
  bodies: jsonBodies.map((body) => `[${body}]\r\n`),
  accepts: ({ body, headers }, { secret }) => {
    const library = new EventWebhook();
    return library.verifySignature(
      library.convertPublicKeyToECDSA(secret),
      Buffer.from(body),
      headers['x-twilio-email-event-webhook-signature'] ?? '',
      headers['x-twilio-email-event-webhook-timestamp'] ?? '',
    );
  },
});
