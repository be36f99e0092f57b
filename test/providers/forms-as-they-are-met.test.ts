import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  brex,
  buildkite,
  docusign,
  linear,
  mailgun,
  mollieEvents,
  standardWebhooks,
  supabase,
  twilio,
  vonage,
  zendesk,
  type Source,
} from '../../functions/index.ts';
import { signJwt } from '../../functions/signatures/sign-jwt.ts';
import { jwt } from '../../functions/signatures/jwt.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf } from './events-of.ts';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = String(now.getTime() / 1000);
const verdict = async (source: Pick<Source, 'verify'>, request: VerifiableRequest, ...secrets: string[]) =>
  (await source.verify.verify(request, secrets, now)).verified;
const hex = (key: string, ...parts: string[]) =>
  createHmac('sha256', key).update(parts.join('')).digest('hex');

describe('secrets as they are shown', () => {
  const key = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signature = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`m1.${seconds}.{}`)
    .digest('base64');
  const headers = {
    'webhook-id': 'm1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
  const request = aRequest({ body: '{}', headers });

  it('may have the version of the signature before them: Supabase', async () => {
    expect(await verdict(supabase(), request, `v1,whsec_${key}`)).toBe(true);
    expect(await verdict(standardWebhooks(), request, `v1,whsec_${key}`)).toBe(true);
    expect(await verdict(supabase(), request, `whsec_${key}`)).toBe(true);
    expect(await verdict(supabase(), request, `v2,whsec_${key}`)).toBe(false);
  });

  it('may have no prefix where the sender shows none: Brex, and nobody else', async () => {
    expect(await verdict(brex(), request, key)).toBe(true);
    expect(await verdict(brex(), request, `whsec_${key}`)).toBe(true);
    expect(await verdict(brex(), request, `whpk_${key}`)).toBe(false);
    expect(await verdict(standardWebhooks(), request, key)).toBe(false);
  });
});

describe('signatures as they are met', () => {
  const signed = (name: string, value: string, body = '{}') => aRequest({ body, headers: { [name]: value } });

  it('Mollie writes its one with or without sha256=, and two in the days of a rotation', async () => {
    const right = hex('secret', '{}');
    const wrong = hex('other', '{}');

    for (const text of [right, `sha256=${right}`, `sha256=${wrong},sha256=${right}`, `${wrong},${right}`]) {
      expect(await verdict(mollieEvents(), signed('x-mollie-signature', text), 'secret')).toBe(true);
    }
    for (const text of [wrong, `sha512=${right}`, `sha256=${wrong}`]) {
      expect(await verdict(mollieEvents(), signed('x-mollie-signature', text), 'secret')).toBe(false);
    }
  });

  it('Buildkite signs with its token, or sends it as it is', async () => {
    const signature = `timestamp=${seconds},signature=${hex('token', `${seconds}.{}`)}`;

    expect(await verdict(buildkite(), signed('x-buildkite-signature', signature), 'token')).toBe(true);
    expect(await verdict(buildkite(), signed('x-buildkite-token', 'token'), 'token')).toBe(true);
    expect(await verdict(buildkite(), signed('x-buildkite-token', 'other'), 'token')).toBe(false);
    expect(buildkite().verify.secretHeaders).toContain('x-buildkite-token');
  });

  it('Mailgun signs a form as it signs JSON', async () => {
    const fields = {
      timestamp: seconds,
      token: 't0k',
      signature: hex('key', seconds, 't0k'),
      event: 'opened',
      'Message-Id': '<m>',
    };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = (more: object = {}) =>
      aRequest({ headers, body: new URLSearchParams({ ...fields, ...more }).toString() });

    expect(await verdict(mailgun(), form(), 'key')).toBe(true);
    expect(await verdict(mailgun(), form({ token: 'other' }), 'key')).toBe(false);
    expect(await eventsOf(mailgun(), String(form().body), headers)).toEqual([['t0k', 'opened', '<m>']]);
  });

  it('a token may hold the digest of the body in base64, and covers nothing of a GET without a body', async () => {
    const digest = (encoding: 'hex' | 'base64') => createHash('sha256').update('{}').digest(encoding);
    const spec = {
      name: 'test',
      algorithm: 'HS256',
      bodySha256: 'sha256',
      bodySha256Encoding: 'base64',
    } as const;
    const withToken = (claims: object, over: Partial<VerifiableRequest> = {}) => ({
      ...aRequest({ body: '{}', headers: { authorization: `Bearer ${signJwt({ ...claims }, 'secret')}` } }),
      ...over,
    });
    const source = { verify: jwt(spec) };

    expect(await verdict(source, withToken({ sha256: digest('base64') }), 'secret')).toBe(true);
    expect(await verdict(source, withToken({ sha256: digest('hex') }), 'secret')).toBe(false);
    expect(await verdict(source, withToken({}), 'secret')).toBe(false);
    expect(await verdict(source, withToken({}, { method: 'GET', body: Buffer.alloc(0) }), 'secret')).toBe(
      true,
    );
    expect(await verdict(source, withToken({}, { method: 'GET' }), 'secret')).toBe(false);
    expect(await verdict(source, withToken({}, { body: Buffer.alloc(0) }), 'secret')).toBe(false);
  });
});

describe('a time that was signed once', () => {
  it.each([
    [60, true],
    [6 * 3600 + 61 * 60, true],
    [9 * 3600, false],
    [-61, false],
  ])('Linear: %i seconds later the same bytes are taken: %j', async (later, taken) => {
    const body = JSON.stringify({ type: 'Issue', webhookTimestamp: now.getTime() - later * 1000 });
    const request = aRequest({ body, headers: { 'linear-signature': hex('secret', body) } });

    expect(await verdict(linear(), request, 'secret')).toBe(taken);
  });
});

describe('deliveries by GET', () => {
  it.each([
    ['Twilio', twilio({ publicUrl: 'https://hooks.example.com/webhooks/twilio' })],
    ['Vonage', vonage()],
    ['Zendesk', zendesk()],
  ])('%s may make them', (_, source) => {
    expect(source.methods).toEqual(expect.arrayContaining(['GET', 'POST']));
    expect(source.bodyFormats).toContain('form');
  });

  it('are signed with their address by Twilio', async () => {
    const url = 'https://hooks.example.com/webhooks/twilio';
    const rawQuery = 'MessageSid=SM1&MessageStatus=sent';
    const signature = createHmac('sha1', 'token').update(`${url}?${rawQuery}`).digest('base64');
    const request = {
      ...aRequest({ method: 'GET', rawQuery, headers: { 'x-twilio-signature': signature } }),
      publicUrl: url,
    };

    expect(await verdict(twilio(), request, 'token')).toBe(true);
    expect(await verdict(twilio(), { ...request, rawQuery: `${rawQuery}x` }, 'token')).toBe(false);
  });
});

it('DocuSign: the XML of Connect, of the envelope and named after its status', async () => {
  const xml =
    '<?xml version="1.0" encoding="utf-8"?><DocuSignEnvelopeInformation xmlns="http://www.docusign.net/API/3.0">' +
    '<EnvelopeStatus><RecipientStatuses><RecipientStatus><Status>Sent</Status></RecipientStatus></RecipientStatuses>' +
    '<TimeGenerated>2026-03-01T12:00:00.0</TimeGenerated><EnvelopeID>e1</EnvelopeID><Status>Completed</Status></EnvelopeStatus></DocuSignEnvelopeInformation>';

  expect(await eventsOf(docusign(), xml, { 'content-type': 'text/xml; charset=utf-8' })).toEqual([
    [createHash('sha256').update(xml).digest('hex'), 'envelope-completed', 'e1'],
  ]);
});
