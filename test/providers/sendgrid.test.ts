import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sendgrid } from '../../functions/providers/sendgrid/preset.ts';
import { sendgridSample } from '../../functions/providers/sendgrid/sample.ts';
import { agreesWithLibrary, jsonBodies } from '../support/provider/agrees-with-library.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('sendgrid');

it('reads each event of a body, in its order', async () => {
  const body = `[
      {"email":"a@example.com","timestamp":1513299569,"event":"processed","sg_event_id":"E1","sg_message_id":"m1.filter"},
      {"email":"a@example.com","timestamp":1513299570,"event":"click","url":"https://x","sg_event_id":"E2","sg_message_id":"m1.filter"},
      {"email":"a@example.com","timestamp":1513299571,"event":"account_status_change","sg_event_id":"E3"}
    ]\r\n`;

  expect(await eventsOf(sendgrid(), body)).toEqual([
    ['E1', 'processed', 'm1.filter'],
    ['E2', 'click', 'm1.filter'],
    ['E3', 'account_status_change', 'E3'],
  ]);
});

it('knows an event without an id by its content', async () => {
  const event = '{"event":"open","timestamp":1}';

  expect(await eventsOf(sendgrid(), `[${event}]`)).toEqual([[digestOf(event), 'open', digestOf(event)]]);
  expect(await eventsOf(sendgrid(), '[]')).toEqual([]);
  expect(await eventsOf(sendgrid(), '{}')).toBe('invalid-body');
});

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
