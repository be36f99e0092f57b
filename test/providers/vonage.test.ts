import { verifySignature } from '@vonage/jwt';
import { describe, expect, it } from 'vitest';
import { vonage } from '../../functions/providers/vonage/preset.ts';
import { vonageSample } from '../../functions/providers/vonage/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { hs256, sha256, tokensAreChecked } from '../support/provider/signed-tokens.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('vonage');

it('messages, their states and calls', async () => {
  const timestamp = '2026-03-01T12:00:00.000Z';
  const recording = { recording_url: 'https://api.nexmo.com/v1/files/1', conversation_uuid: 'CON-1' };

  expect(await eventsOf(vonage(), { message_uuid: 'm1', timestamp, text: 'hi', channel: 'sms' })).toEqual([
    [`m1/${timestamp}`, 'inbound', 'm1'],
  ]);
  expect(await eventsOf(vonage(), { message_uuid: 'm1', timestamp, status: 'read' })).toEqual([
    [`m1/${timestamp}/read`, 'read', 'm1'],
  ]);
  const answered = { uuid: 'c1', conversation_uuid: 'CON-1', timestamp, status: 'answered' };
  expect(await eventsOf(vonage(), answered)).toEqual([[digestOf(answered), 'answered', 'CON-1']]);
  expect(await eventsOf(vonage(), recording)).toEqual([[digestOf(recording), 'inbound', 'CON-1']]);
});

const tokenOf = ({ headers }: VerifiableRequest) =>
  headers['x-webhook-signature'] ?? headers['authorization']?.replace(/^Bearer /, '') ?? '';

agreesWithLibrary({
  name: '@vonage/jwt',
  sample: vonageSample,
  keys: textSecrets,
  sign: async (request, { secret }) => {
    const claims = { iss: 'Vonage', payload_hash: sha256(request.body), iat: now.getTime() / 1000 };
    return withHeaders(request, { authorization: `Bearer ${await hs256(claims, secret)}` });
  },
  // The library checks the token, and leaves the hash of the body to whoever calls it.
  accepts: (request, { secret }) => {
    const claims = JSON.parse(Buffer.from(tokenOf(request).split('.')[1] ?? '', 'base64url').toString()) as {
      payload_hash: string;
    };
    return verifySignature(tokenOf(request), secret) && claims.payload_hash === sha256(request.body);
  },
});

describe('a token', () => {
  tokensAreChecked({
    sample: vonageSample,
    claims: (body) => ({ iss: 'Vonage', payload_hash: sha256(body) }),
    headers: (token) => ({ authorization: `Bearer ${token}` }),
  });
});

it('may deliver by GET', () => {
  const { methods, bodyFormats } = vonage();

  expect(methods).toEqual(expect.arrayContaining(['GET', 'POST']));
  expect(bodyFormats).toContain('form');
});
