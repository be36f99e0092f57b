import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { adobeSignSample } from '../../../functions/providers/adobe-sign/sample.ts';
import { googleCalendarSample } from '../../../functions/providers/google-calendar/sample.ts';
import { mondaySample } from '../../../functions/providers/monday/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { throughIngest } from '../through-ingest.ts';

const now = new Date('2026-03-01T12:00:00Z');

const signed = (sample: Sample, over: Partial<VerifiableRequest> = {}) =>
  signLike(sample, { ...unsignedRequest(sample, now), ...over }, { now });

const take = ({ source, key }: Sample, request: VerifiableRequest, at = now) =>
  throughIngest({ name: 'source', source, secrets: [key.secret], request, now: at });

const eventsIn = (items: readonly Readonly<Record<string, unknown>>[]) =>
  items.filter(({ eventId }) => eventId !== undefined);

describe('Adobe Sign', () => {
  const clientId = adobeSignSample.key.secret;

  it('has its client id back where it asks whether notifications are wanted, and is refused with another', async () => {
    const asked = { ...signed(adobeSignSample), method: 'GET', body: Buffer.alloc(0) };

    const { answer, items } = await take(adobeSignSample, asked);
    const strange = await take(adobeSignSample, { ...asked, headers: { 'x-adobesign-clientid': 'other' } });

    expect(answer).toMatchObject({ status: 200, body: { xAdobeSignClientId: clientId } });
    expect(eventsIn(items)).toEqual([]);
    expect(strange.answer.status).toBe(401);
    expect(JSON.stringify(strange.answer)).not.toContain(clientId);
  });

  it('has its client id back with every notification, which does not keep it', async () => {
    const { answer, items } = await take(adobeSignSample, signed(adobeSignSample));

    expect(answer).toMatchObject({ status: 202, headers: { 'x-adobesign-clientid': clientId } });
    expect(eventsIn(items)).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(clientId);
  });
});

describe('Google Calendar', () => {
  const change = (state: string, over: Partial<VerifiableRequest> = {}) => {
    const request = signed(googleCalendarSample);
    return { ...request, headers: { ...request.headers, 'x-goog-resource-state': state }, ...over };
  };

  it('has the first message of a channel answered, and is believed by its token alone', async () => {
    const { answer, items } = await take(googleCalendarSample, change('sync'));
    const strange = await take(
      googleCalendarSample,
      change('sync', { headers: { 'x-goog-resource-state': 'sync' } }),
    );

    expect(answer.status).toBe(200);
    expect(items).toMatchObject([{ cause: 'handshake' }]);
    expect(strange.answer.status).toBe(401);
  });

  it.each([
    ['none', ''],
    ['one of JSON', '{"kind":"api#channel"}'],
  ])('is an event with a body or without: %s', async (_, body) => {
    const { answer, items } = await take(googleCalendarSample, change('exists', { body: Buffer.from(body) }));

    expect(answer.status).toBe(202);
    expect(eventsIn(items)).toMatchObject([
      { type: 'exists', lane: 'source#ret08u3rv24htgh289g', bodyBytes: body.length },
    ]);
  });
});

describe('monday.com', () => {
  const issuedAt = now.getTime() / 1000;
  const withToken = (authorization: string) => ({
    ...unsignedRequest(mondaySample, now),
    headers: { 'content-type': 'application/json', authorization },
  });
  const token = (claims: object, secret = mondaySample.key.secret) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));
  const status = async (authorization: string, secondsLater = 0) =>
    (await take(mondaySample, withToken(authorization), new Date(now.getTime() + secondsLater * 1000))).answer
      .status;

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

    const { answer, items } = await take(mondaySample, challenge);

    expect(answer).toMatchObject({ status: 200, body: { challenge: '3eZbrw1a' } });
    expect(eventsIn(items)).toEqual([]);
  });
});
