import { describe, expect, it } from 'vitest';
import { findHandshake, type Handshake } from '../../../functions/handshakes/handshake.ts';
import { echo } from '../../../functions/handshakes/echo.ts';
import { ping } from '../../../functions/handshakes/ping.ts';
import { cloudEvents } from '../../../functions/providers/cloud-events/preset.ts';
import { slack } from '../../../functions/providers/slack/preset.ts';
import { aRequest } from '../../support/a-request.ts';

const context = { secrets: ['signing'], handshakeSecrets: ['typed', 'typed before'], now: new Date() };

const plain = (body: string) => ({
  kind: 'answer',
  answer: {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body,
  },
});

describe('an echo with a token', () => {
  const handshakes = [
    echo({
      name: 'subscribe',
      method: 'GET',
      isSigned: false,
      when: { 'query:hub.mode': 'subscribe' },
      echo: 'query:hub.challenge',
      token: 'query:hub.verify_token',
    }),
  ];
  const ask = (rawQuery: string, method = 'GET') =>
    findHandshake(handshakes, aRequest({ method, rawQuery }), false, context);

  it('sends the challenge back as plain text to whoever knows the token', () => {
    const answer = plain('<b>1158201444</b>');

    expect(
      ask('hub.mode=subscribe&hub.challenge=%3Cb%3E1158201444%3C/b%3E&hub.verify_token=typed'),
    ).toMatchObject(answer);
    expect(
      ask('hub.mode=subscribe&hub.challenge=%3Cb%3E1158201444%3C/b%3E&hub.verify_token=typed+before'),
    ).toMatchObject(answer);
  });

  it.each(['wrong', 'signing', ''])('is refused with the token %j', (token) => {
    expect(ask(`hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`)).toMatchObject({
      kind: 'refused',
    });
  });

  it('is refused with a challenge that is too long', () => {
    const challenge = 'a'.repeat(1025);

    expect(ask(`hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=typed`)).toMatchObject({
      kind: 'refused',
    });
  });

  it('is none for any other request', () => {
    expect(ask('hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=typed')).toBeUndefined();
    expect(ask('hub.mode=subscribe&hub.verify_token=typed')).toBeUndefined();
    expect(ask('hub.mode=subscribe&hub.challenge=1&hub.verify_token=typed', 'POST')).toBeUndefined();
    expect(ask('%ff')).toBeUndefined();
  });
});

describe("Slack's url_verification", () => {
  const request = aRequest({ body: '{"type":"url_verification","challenge":"3eZbrw1aB"}' });
  const { handshakes = [] } = slack();

  it('is answered only after its signature was right', () => {
    expect(findHandshake(handshakes, request, true, context)).toMatchObject(plain('3eZbrw1aB'));
    expect(findHandshake(handshakes, request, false, context)).toBeUndefined();
  });

  it('is none for an event', () => {
    expect(
      findHandshake(handshakes, aRequest({ body: '{"type":"event_callback"}' }), true, context),
    ).toBeUndefined();
    expect(findHandshake(handshakes, aRequest({ body: 'no JSON' }), true, context)).toBeUndefined();
  });
});

describe('a ping', () => {
  const handshakes = [ping('ping', { 'header:x-github-event': 'ping' })];

  it('is answered and is no event', () => {
    const request = aRequest({ headers: { 'x-github-event': 'ping' } });

    expect(findHandshake(handshakes, request, true, context)).toEqual({
      kind: 'answer',
      name: 'ping',
      answer: { status: 200 },
    });
    expect(findHandshake(handshakes, aRequest(), true, context)).toBeUndefined();
  });
});

describe('a handed-over secret', () => {
  const handing: Handshake = {
    name: 'handing',
    method: 'POST',
    isSigned: false,
    respond: () => ({ kind: 'keep-secret', secret: 'a-secret-handed-over', answer: { status: 200 } }),
  };
  const asked = (handshake: Handshake) => findHandshake([handshake], aRequest(), false, context);

  it('is passed on only by a handshake that said it may bring one', () => {
    expect(asked({ ...handing, keepsSecret: true })).toMatchObject({ kind: 'keep-secret', name: 'handing' });
    expect(asked(handing)).toEqual({ kind: 'refused', name: 'handing' });
  });
});

describe("CloudEvents' permission", () => {
  const { handshakes = [] } = cloudEvents({
    allowedOrigins: ['eventgrid.azure.net'],
    allowedRatePerMinute: 120,
  });
  const ask = (origin: string | undefined) =>
    findHandshake(
      handshakes,
      aRequest({
        method: 'OPTIONS',
        headers: origin === undefined ? {} : { 'webhook-request-origin': origin },
      }),
      false,
      context,
    );

  it('is given to allowed origins only', () => {
    expect(ask('eventgrid.azure.net')).toMatchObject({
      answer: {
        status: 200,
        headers: {
          allow: 'POST',
          'webhook-allowed-origin': 'eventgrid.azure.net',
          'webhook-allowed-rate': '120',
        },
      },
    });
    expect(ask('evil.example')).toMatchObject({ kind: 'refused' });
    expect(ask(undefined)).toBeUndefined();
  });
});
