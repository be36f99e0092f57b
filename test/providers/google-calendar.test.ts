import { expect, it } from 'vitest';
import { googleCalendar } from '../../functions/providers/google-calendar/preset.ts';
import { googleCalendarSample } from '../../functions/providers/google-calendar/sample.ts';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import { throughIngest } from '../support/through-ingest.ts';

testProvider('google-calendar');

isKnownByToken(googleCalendar(), (token) => aRequest({ headers: { 'x-goog-channel-token': token } }));

const take = (request: VerifiableRequest, at = now) => {
  const { source, key } = googleCalendarSample;
  return throughIngest({ name: 'source', source, secrets: [key.secret], request, now: at });
};

const signed = (over: Partial<VerifiableRequest> = {}) =>
  signLike(googleCalendarSample, { ...unsignedRequest(googleCalendarSample, now), ...over }, { now });

const eventsIn = (items: readonly Readonly<Record<string, unknown>>[]) =>
  items.filter(({ eventId }) => eventId !== undefined);

const change = (state: string, over: Partial<VerifiableRequest> = {}) => {
  const request = signed();
  return { ...request, headers: { ...request.headers, 'x-goog-resource-state': state }, ...over };
};

it('has the first message of a channel answered, and is believed by its token alone', async () => {
  const { answer, items } = await take(change('sync'));
  const strange = await take(change('sync', { headers: { 'x-goog-resource-state': 'sync' } }));

  expect(answer.status).toBe(200);
  expect(items).toMatchObject([{ cause: 'handshake' }]);
  expect(strange.answer.status).toBe(401);
});

it.each([
  ['none', ''],
  ['one of JSON', '{"kind":"api#channel"}'],
])('is an event with a body or without: %s', async (_, body) => {
  const { answer, items } = await take(change('exists', { body: Buffer.from(body) }));

  expect(answer.status).toBe(202);
  expect(eventsIn(items)).toMatchObject([
    { type: 'exists', lane: 'source#ret08u3rv24htgh289g', bodyBytes: body.length },
  ]);
});
