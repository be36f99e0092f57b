import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { mondaySample } from '../../functions/providers/monday/sample.ts';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { now } from '../support/provider/clock.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import { throughIngest } from '../support/through-ingest.ts';

testProvider('monday');

const take = (request: VerifiableRequest, at = now) => {
  const { source, key } = mondaySample;
  return throughIngest({ name: 'source', source, secrets: [key.secret], request, now: at });
};

const eventsIn = (items: readonly Readonly<Record<string, unknown>>[]) =>
  items.filter(({ eventId }) => eventId !== undefined);

const issuedAt = now.getTime() / 1000;
const withToken = (authorization: string) => ({
  ...unsignedRequest(mondaySample, now),
  headers: { 'content-type': 'application/json', authorization },
});
const token = (claims: object, secret = mondaySample.key.secret) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));
const status = async (authorization: string, secondsLater = 0) =>
  (await take(withToken(authorization), new Date(now.getTime() + secondsLater * 1000))).answer.status;

it('is known by a token of its own making, over all of its retries', async () => {
  const good = await token({ iat: issuedAt, exp: issuedAt + 300 });

  expect(await status(good)).toBe(202);
  expect(await status(good, 30 * 60)).toBe(202);
  expect(await status(good, 300 + 30 * 60 + 1)).toBe(401);
});

it('is not known by a token without an end, of another secret, or of none', async () => {
  expect(await status(await token({ iat: issuedAt }))).toBe(401);
  expect(await status(await token({ exp: issuedAt + 300 }, 'other'))).toBe(401);
  expect(await status(new UnsecuredJWT({ exp: issuedAt + 300 }).encode())).toBe(401);
});

it('has its challenge back as JSON, and nothing is stored', async () => {
  const challenge = {
    ...unsignedRequest(mondaySample, now),
    body: Buffer.from('{"challenge":"3eZbrw1a"}'),
  };

  const { answer, items } = await take(challenge);

  expect(answer).toMatchObject({ status: 200, body: { challenge: '3eZbrw1a' } });
  expect(eventsIn(items)).toEqual([]);
});
