import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dropboxSignSample } from '../../../functions/providers/dropbox-sign/sample.ts';
import { now, textSecrets } from '../agrees-with-library.ts';
import { hmac } from '../documented-formula.ts';

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
