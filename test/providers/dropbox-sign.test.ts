import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropboxSign } from '../../functions/providers/dropbox-sign/preset.ts';
import { dropboxSignSample } from '../../functions/providers/dropbox-sign/sample.ts';
import { textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hmac } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { after, tells } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('dropbox-sign');

describe('its events', () => {
  const event = { event_time: '1348177752', event_type: 'signature_request_signed', event_hash: '3a31324d' };
  const read = (json: unknown) =>
    eventsOf(dropboxSign(), new URLSearchParams({ json: JSON.stringify(json) }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

  it('tells requests and signers of one second apart', async () => {
    const signed = (requestId: string, signatureId: string | null) =>
      read({
        event: { ...event, event_metadata: { related_signature_id: signatureId } },
        signature_request: { signature_request_id: requestId },
      });

    expect(await signed('r1', 's1')).toEqual([['3a31324d/r1/s1', event.event_type, 'r1']]);
    expect(await signed('r1', 's2')).toEqual([['3a31324d/r1/s2', event.event_type, 'r1']]);
    expect(await signed('r2', null)).toEqual([['3a31324d/r2', event.event_type, 'r2']]);
  });

  it('reads events of templates and of accounts', async () => {
    expect(await read({ event, template: { template_id: 't1' } })).toEqual([
      ['3a31324d/t1', event.event_type, 't1'],
    ]);
    expect(await read({ event, account: { account_id: 'a1' } })).toEqual([
      [expect.stringMatching(/^3a31324d\/[0-9a-f]{64}$/), event.event_type, expect.anything()],
    ]);
  });
});

it('answers a test in its own words', () => {
  const test = (type: string) => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ json: JSON.stringify({ event: { event_type: type } }) }).toString(),
  });

  expect(after(dropboxSign(), test('callback_test'))).toMatchObject({
    answer: { status: 200, body: 'Hello API Event Received' },
  });
  expect(after(dropboxSign(), test('signature_request_sent'))).toBeUndefined();
});

it('is told what it takes for success', () => {
  tells(dropboxSign(), { status: 200, body: 'Hello API Event Received' });
});

interface Library {
  readonly EventCallbackRequest: { init(json: unknown): unknown };
  readonly EventCallbackHelper: { isValid(apiKey: string, event: unknown): boolean };
}

const { EventCallbackHelper, EventCallbackRequest } = createRequire(import.meta.url)(
  '@dropbox/sign',
) as Library;

const events = fc.record({
  event_time: fc.integer({ min: 1, max: 4_000_000_000 }).map(String),
  event_type: fc.constantFrom('signature_request_sent', 'signature_request_signed', 'template_created'),
});

/** As a browser would send the form: the platform's own encoding. */
async function posted(json: unknown) {
  const form = new FormData();
  form.append('json', JSON.stringify(json));
  const request = new Request('https://hooks.example.com/', { method: 'POST', body: form });
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return { method: 'POST', path: '/', rawQuery: '', headers, body: Buffer.from(await request.arrayBuffer()) };
}

it('agrees with @dropbox/sign about the type and time of an event, which is all that is signed', async () => {
  const verdicts = async (event: unknown, secret: string) => {
    const json = { event, signature_request: { title: 'Ü' } };
    const { verified } = await dropboxSignSample.source.verify.verify(await posted(json), [secret], now);
    return { ours: verified, theirs: EventCallbackHelper.isValid(secret, EventCallbackRequest.init(json)) };
  };

  await fc.assert(
    fc.asyncProperty(events, events, textSecrets, textSecrets, async (event, other, key, otherKey) => {
      const event_hash = hmac('sha256', key.secret, event.event_time, event.event_type).toString('hex');
      const isSame = other.event_time === event.event_time && other.event_type === event.event_type;
      const isSameKey = key.secret === otherKey.secret;

      expect(await verdicts({ ...event, event_hash }, key.secret)).toEqual({ ours: true, theirs: true });
      expect(await verdicts({ ...other, event_hash }, key.secret)).toEqual({ ours: isSame, theirs: isSame });
      expect(await verdicts({ ...event, event_hash }, otherKey.secret)).toEqual({
        ours: isSameKey,
        theirs: isSameKey,
      });
    }),
    { numRuns: 200 },
  );
});
