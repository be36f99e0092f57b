import { expect, it } from 'vitest';
import { adobeSign } from '../../functions/providers/adobe-sign/preset.ts';
import { adobeSignSample } from '../../functions/providers/adobe-sign/sample.ts';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import { throughIngest } from '../support/through-ingest.ts';

testProvider('adobe-sign');

isKnownByToken(adobeSign(), (id) => aRequest({ headers: { 'x-adobesign-clientid': id } }), 'its client id');

const take = (request: VerifiableRequest, at = now) => {
  const { source, key } = adobeSignSample;
  return throughIngest({ name: 'source', source, secrets: [key.secret], request, now: at });
};

const signed = (over: Partial<VerifiableRequest> = {}) =>
  signLike(adobeSignSample, { ...unsignedRequest(adobeSignSample, now), ...over }, { now });

const eventsIn = (items: readonly Readonly<Record<string, unknown>>[]) =>
  items.filter(({ eventId }) => eventId !== undefined);

const clientId = adobeSignSample.key.secret;

it('has its client id back where it asks whether notifications are wanted, and is refused with another', async () => {
  const asked = { ...signed(), method: 'GET', body: Buffer.alloc(0) };

  const { answer, items } = await take(asked);
  const strange = await take({ ...asked, headers: { 'x-adobesign-clientid': 'other' } });

  expect(answer).toMatchObject({ status: 200, body: { xAdobeSignClientId: clientId } });
  expect(eventsIn(items)).toEqual([]);
  expect(strange.answer.status).toBe(401);
  expect(JSON.stringify(strange.answer)).not.toContain(clientId);
});

it('has its client id back with every notification, which does not keep it', async () => {
  const { answer, items } = await take(signed());

  expect(answer).toMatchObject({ status: 202, headers: { 'x-adobesign-clientid': clientId } });
  expect(eventsIn(items)).toHaveLength(1);
  expect(JSON.stringify(items)).not.toContain(clientId);
});
