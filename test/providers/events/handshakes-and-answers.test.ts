import { describe, expect, it } from 'vitest';
import { findHandshake } from '../../../functions/handshakes/handshake.ts';
import { asana } from '../../../functions/providers/asana/preset.ts';
import { dropbox } from '../../../functions/providers/dropbox/preset.ts';
import { dropboxSign } from '../../../functions/providers/dropbox-sign/preset.ts';
import { figma } from '../../../functions/providers/figma/preset.ts';
import { intercom } from '../../../functions/providers/intercom/preset.ts';
import { mailchimp } from '../../../functions/providers/mailchimp/preset.ts';
import { mandrill } from '../../../functions/providers/mandrill/preset.ts';
import { notion } from '../../../functions/providers/notion/preset.ts';
import { okta } from '../../../functions/providers/okta/preset.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { aRequest } from '../../support/a-request.ts';

const context = { secrets: [], handshakeSecrets: [], now: new Date() };

const before = ({ handshakes = [] }: Source, request: Parameters<typeof aRequest>[0]) =>
  findHandshake(handshakes, aRequest(request), false, context);
const after = ({ handshakes = [] }: Source, request: Parameters<typeof aRequest>[0]) =>
  findHandshake(handshakes, aRequest(request), true, context);

describe('a look at the address', () => {
  it.each([
    ['Mailchimp', mailchimp(), 'GET'],
    ['Mandrill', mandrill(), 'HEAD'],
    ['Intercom', intercom(), 'HEAD'],
  ])('of %s is answered 200', (_, source, method) => {
    expect(before(source, { method })).toMatchObject({ kind: 'answer', answer: { status: 200 } });
    expect(before(source, { method: 'POST' })).toBeUndefined();
  });
});

describe("Asana's handing over of its secret", () => {
  const secret = 'b537207f20cbfa02357cf448134da559';

  it('is told from events, and sent back', () => {
    expect(before(asana(), { headers: { 'x-hook-secret': secret } })).toMatchObject({
      kind: 'keep-secret',
      secret,
      answer: { status: 200, headers: { 'x-hook-secret': secret } },
    });
    expect(before(asana(), { headers: { 'x-hook-signature': 'a' }, body: '{"events":[]}' })).toBeUndefined();
  });

  it('is none where the request is signed, and refused where it is too long', () => {
    const signed = { 'x-hook-secret': secret, 'x-hook-signature': 'a' };

    expect(before(asana(), { headers: signed })).toBeUndefined();
    expect(before(asana(), { headers: { 'x-hook-secret': 'a'.repeat(1025) } })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe("Notion's handing over of its token", () => {
  const body = '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}';

  it('is told from events', () => {
    expect(before(notion(), { body })).toMatchObject({
      kind: 'keep-secret',
      secret: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
      answer: { status: 200 },
    });
    expect(before(notion(), { body, headers: { 'x-notion-signature': 'sha256=a' } })).toBeUndefined();
    expect(before(notion(), { body: '{"verification_token":{}}' })).toBeUndefined();
    expect(before(notion(), { body: 'no JSON' })).toBeUndefined();
  });
});

it("Dropbox's challenge is sent back as text", () => {
  expect(before(dropbox(), { method: 'GET', rawQuery: 'challenge=%3Cb%3E' })).toMatchObject({
    kind: 'answer',
    answer: {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body: '<b>',
    },
  });
  expect(before(dropbox(), { method: 'GET' })).toBeUndefined();
});

it("Okta's challenge is sent back as JSON", () => {
  const headers = { 'x-okta-verification-challenge': 'Xv2' };

  expect(before(okta(), { method: 'GET', headers })).toMatchObject({
    kind: 'answer',
    answer: { status: 200, body: { verification: 'Xv2' } },
  });
  expect(before(okta(), { method: 'GET' })).toBeUndefined();
});

describe('a ping', () => {
  it.each([
    ['Intercom', intercom(), { body: '{"type":"notification_event","topic":"ping"}' }],
    ['Figma', figma(), { body: '{"event_type":"PING","passcode":"p"}' }],
  ])('of %s is answered once its sender is known', (_, source, request) => {
    expect(after(source, request)).toMatchObject({ kind: 'answer', answer: { status: 200 } });
    expect(before(source, request)).toBeUndefined();
    expect(after(source, { body: '{"event_type":"FILE_UPDATE","topic":"other"}' })).toBeUndefined();
  });

  it('of Dropbox Sign is answered in its own words', () => {
    const test = (type: string) => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ json: JSON.stringify({ event: { event_type: type } }) }).toString(),
    });

    expect(after(dropboxSign(), test('callback_test'))).toMatchObject({
      answer: { status: 200, body: 'Hello API Event Received' },
    });
    expect(after(dropboxSign(), test('signature_request_sent'))).toBeUndefined();
  });
});

describe('what a sender is told of its events', () => {
  const outcome = (status: number) => ({
    events: [],
    correlationId: 'c',
    processingTimeMs: 1,
    body: {},
    headers: {},
    standard: { status, body: { status: 'accepted' } },
  });

  it.each([
    ['Asana', asana(), { status: 200 }],
    ['Dropbox Sign', dropboxSign(), { status: 200, body: 'Hello API Event Received' }],
    ['Okta', okta(), { status: 204 }],
  ])('%s gets nothing but what it takes for success', (_, source, expected) => {
    expect(source.respond?.(outcome(202))).toEqual(expected);
    expect(source.respond?.(outcome(409))).toMatchObject({ status: 409 });
  });
});
