import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { telnyx } from '../../functions/providers/telnyx/preset.ts';
import { telnyxSample } from '../../functions/providers/telnyx/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('telnyx');

it('calls by their session, messages by themselves; another attempt is the same event', async () => {
  const body = (event_type: string, payload: object, attempt: number) => ({
    data: { id: 'e1', event_type, occurred_at: '2026-03-01T12:00:00.000Z', payload, record_type: 'event' },
    meta: { attempt },
  });

  expect(
    await eventsOf(telnyx(), body('call.hangup', { call_session_id: 's1', call_leg_id: 'l' }, 1)),
  ).toEqual([['e1', 'call.hangup', 's1']]);
  expect(await eventsOf(telnyx(), body('message.finalized', { id: 'm1' }, 1))).toEqual([
    ['e1', 'message.finalized', 'm1'],
  ]);
  expect(await eventsOf(telnyx(), body('message.finalized', { id: 'm1' }, 2))).toEqual([
    ['e1', 'message.finalized', 'm1'],
  ]);
});

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
