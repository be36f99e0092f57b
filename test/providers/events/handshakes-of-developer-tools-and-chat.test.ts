import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findHandshake } from '../../../functions/handshakes/handshake.ts';
import { buildkite } from '../../../functions/providers/buildkite/preset.ts';
import { circleci } from '../../../functions/providers/circleci/preset.ts';
import { discordEvents } from '../../../functions/providers/discord-events/preset.ts';
import { discordInteractions } from '../../../functions/providers/discord-interactions/preset.ts';
import { meta } from '../../../functions/providers/meta/preset.ts';
import { microsoftGraph } from '../../../functions/providers/microsoft-graph/preset.ts';
import { pagerduty } from '../../../functions/providers/pagerduty/preset.ts';
import { trello } from '../../../functions/providers/trello/preset.ts';
import { twitch } from '../../../functions/providers/twitch/preset.ts';
import { x } from '../../../functions/providers/x/preset.ts';
import { zoom } from '../../../functions/providers/zoom/preset.ts';
import type { Source } from '../../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../../support/a-request.ts';

const context = { secrets: ['newest', 'older'], handshakeSecrets: ['typed'], now: new Date() };

const ask = (
  { handshakes = [] }: Source,
  request: VerifiableRequest,
  isSigned: boolean,
  secrets = context.secrets,
) => findHandshake(handshakes, request, isSigned, { ...context, secrets });

const answered = (name: string, answer: object) => ({ kind: 'answer', name, answer });
const plain = (body: string) => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body,
});

describe('a signed ping', () => {
  it.each([
    ['CircleCI', circleci(), { type: 'ping', id: 'p1' }, { status: 200 }],
    ['PagerDuty', pagerduty(), { event: { event_type: 'pagey.ping', data: {} } }, { status: 200 }],
    ['Buildkite', buildkite(), { event: 'ping', service: {} }, { status: 200 }],
    [
      'Discord (events)',
      discordEvents(),
      { version: 1, application_id: '1', type: 0 },
      { status: 204, headers: { 'content-type': 'application/json' } },
    ],
    [
      'Discord (interactions)',
      discordInteractions(),
      { id: '1', type: 1 },
      { status: 200, body: { type: 1 } },
    ],
  ])('of %s is answered, and is no event', (_, source, body, answer) => {
    const request = aRequest({ body: JSON.stringify(body) });

    expect(ask(source, request, true)).toEqual(answered('ping', answer));
    expect(ask(source, request, false)).toBeUndefined();
    expect(ask(source, aRequest({ body: '{"type":"2","event":{}}' }), true)).toBeUndefined();
  });
});

it('Trello looks by HEAD whether there is anybody', () => {
  expect(ask(trello(), aRequest({ method: 'HEAD' }), false)).toEqual(
    answered('callback-check', { status: 200 }),
  );
  expect(ask(trello(), aRequest({ body: '{}' }), false)).toBeUndefined();
});

it('Meta gets its challenge back if it knows the token that was typed', () => {
  const subscribe = (token: string) =>
    aRequest({ method: 'GET', rawQuery: `hub.mode=subscribe&hub.challenge=115&hub.verify_token=${token}` });

  expect(ask(meta(), subscribe('typed'), false)).toEqual(answered('subscribe', plain('115')));
  expect(ask(meta(), subscribe('newest'), false)).toEqual({ kind: 'refused', name: 'subscribe' });
});

it('Microsoft Graph gets its token back, decoded', () => {
  const rawQuery = 'validationToken=Validation%3a+Testing+client%20reachability%3Cb%3E';

  expect(ask(microsoftGraph(), aRequest({ rawQuery }), false)).toEqual(
    answered('validation', plain('Validation: Testing client reachability<b>')),
  );
  expect(ask(microsoftGraph(), aRequest({ body: '{"value":[]}' }), false)).toBeUndefined();
});

it('Twitch gets its challenge back once its signature was right', () => {
  const headers = { 'twitch-eventsub-message-type': 'webhook_callback_verification' };
  const request = aRequest({
    headers,
    body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{}}',
  });

  expect(ask(twitch(), request, true)).toEqual(
    answered('callback-verification', plain('pogchamp-kappa-360noscope-vohiyo')),
  );
  expect(ask(twitch(), request, false)).toBeUndefined();
  expect(ask(twitch(), { ...request, headers: {} }, true)).toBeUndefined();
});

describe("X's challenge", () => {
  const crc = (token: string) =>
    aRequest({ method: 'GET', rawQuery: `crc_token=${encodeURIComponent(token)}` });

  it('is answered with its HMAC under the newest secret', () => {
    const token = 'ZTE4-Nzg0_MDQ2+Mw==';
    const proof = createHmac('sha256', 'newest').update(token).digest('base64');

    expect(ask(x(), crc(token), false)).toEqual(
      answered('crc', { status: 200, body: { response_token: `sha256=${proof}` } }),
    );
  });

  it.each(['{"for_user_id":"1"}', '[]', '"a"', 'a b', 'a'.repeat(257), 'a\n', 'é'])(
    'is refused where it is %j: the answer would be the signature of a body',
    (token) => {
      expect(ask(x(), crc(token), false)).toEqual({ kind: 'refused', name: 'crc' });
    },
  );

  it('is refused where there is no secret', () => {
    expect(ask(x(), crc('a'), false, [])).toEqual({ kind: 'refused', name: 'crc' });
    expect(ask(x(), crc('a'), false, [''])).toEqual({ kind: 'refused', name: 'crc' });
  });

  it('is none without a token, or by POST', () => {
    expect(ask(x(), aRequest({ method: 'GET' }), false)).toBeUndefined();
    expect(ask(x(), aRequest({ rawQuery: 'crc_token=a' }), false)).toBeUndefined();
  });
});

describe("Zoom's validation", () => {
  const validation = (plainToken: unknown) =>
    aRequest({
      body: JSON.stringify({ event: 'endpoint.url_validation', event_ts: 1, payload: { plainToken } }),
    });

  it('is answered with the HMAC of its token, once its signature was right', () => {
    const encryptedToken = createHmac('sha256', 'newest').update('qgg8vlvZRS6UYooatFL8Aw').digest('hex');

    expect(ask(zoom(), validation('qgg8vlvZRS6UYooatFL8Aw'), true)).toEqual(
      answered('url-validation', {
        status: 200,
        body: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken },
      }),
    );
    expect(ask(zoom(), validation('qgg8vlvZRS6UYooatFL8Aw'), false)).toBeUndefined();
  });

  it('is refused where the token could be what is signed of an event', () => {
    expect(ask(zoom(), validation('v0:1772366400:{"event":"meeting.started"}'), true)).toMatchObject({
      kind: 'refused',
    });
  });

  it('is none for events', () => {
    expect(
      ask(zoom(), aRequest({ body: '{"event":"meeting.started","payload":{"plainToken":"a"}}' }), true),
    ).toBeUndefined();
    expect(ask(zoom(), validation({}), true)).toBeUndefined();
  });
});

describe('the answers', () => {
  const outcome = (body: unknown, status = 202) => ({
    events: [],
    correlationId: 'c',
    processingTimeMs: 1,
    body,
    headers: {},
    standard: { status, body: { status: 'accepted' } },
  });

  it('to Discord events have no content, but a content type', () => {
    const noContent = { status: 204, headers: { 'content-type': 'application/json' } };

    expect(discordEvents().respond?.(outcome({}))).toEqual(noContent);
    expect(discordEvents().respond?.(outcome({}, 200))).toEqual(noContent);
    expect(discordEvents({ duplicates: { status: 409 } }).respond?.(outcome({}, 409))).toMatchObject({
      status: 409,
    });
  });

  it.each([
    [2, { type: 5 }],
    [3, { type: 6 }],
    [4, { type: 8, data: { choices: [] } }],
    [5, { type: 5 }],
  ])('to Discord interactions of type %i put them off', (type, body) => {
    expect(discordInteractions().respond?.(outcome({ type }))).toEqual({ status: 200, body });
    expect(discordInteractions().respond?.(outcome({ type }, 409))).toMatchObject({ status: 409 });
  });
});
