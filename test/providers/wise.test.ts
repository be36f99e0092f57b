import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { wise } from '../../functions/providers/wise/preset.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { wiseSample } from '../support/provider/payment-test-samples.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('wise');

it('reads its events', async () => {
  const body = {
    data: {
      resource: { id: 222, profile_id: 333, type: 'balance-account' },
      occurred_at: '2023-03-08T14:55:38Z',
    },
    event_type: 'balances#credit',
    sent_at: '2023-03-08T14:55:39Z',
  };

  expect(await eventsOf(wise(), body, { 'x-delivery-id': 'd1' })).toEqual([
    ['d1', 'balances#credit', 'balance-account/222'],
  ]);
});

describe('its signature', () => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const keys = pairs.map(({ publicKey, privateKey }) => ({
    secret: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }));

  agreesWithLibrary({
    name: "Node's own signing",
    sample: wiseSample,
    keys: fc.constantFrom(...keys),
    sign: (request, { privateKey = '' }) => {
      const signature = createSign('RSA-SHA256').update(request.body).sign(privateKey, 'base64');
      return { ...request, headers: { ...request.headers, 'x-signature-sha256': signature } };
    },
    accepts: ({ body, headers }: VerifiableRequest, { secret }) =>
      createVerify('RSA-SHA256')
        .update(body)
        .verify(secret, headers['x-signature-sha256'] ?? '', 'base64'),
  });

  it('is refused under anything but its public key', async () => {
    const request = unsignedRequest(wiseSample, now);
    const { secret, privateKey } = keys[0]!;
    const signature = createSign('RSA-SHA256').update(request.body).sign(privateKey, 'base64');
    const signed = { ...request, headers: { ...request.headers, 'x-signature-sha256': signature } };
    const under = (one: string) => wiseSample.source.verify.verify(signed, [one], now);

    expect(await under(secret)).toEqual({ verified: true });
    for (const other of [privateKey, 'a secret', secret.replace('PUBLIC', 'X'), secret.slice(0, 200)]) {
      expect(await under(other)).toMatchObject({ cause: 'no-secret' });
    }
  });
});
