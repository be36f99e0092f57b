import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { stripeSample } from '../../functions/providers/stripe/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('stripe');

const { webhooks } = new Stripe('sk_test_none');

function accepts({ body, headers }: VerifiableRequest, { secret }: { secret: string }): boolean {
  try {
    webhooks.constructEvent(
      Buffer.from(body),
      headers['stripe-signature'] ?? '',
      secret,
      300,
      undefined,
      now.getTime(),
    );
    return true;
  } catch {
    return false;
  }
}

function signedAt(request: Pick<VerifiableRequest, 'body'>, secret: string, at: Date) {
  return webhooks.generateTestHeaderString({
    payload: Buffer.from(request.body).toString(),
    secret,
    timestamp: Math.floor(at.getTime() / 1000),
  });
}

agreesWithLibrary({
  name: 'stripe',
  sample: stripeSample,
  keys: textSecrets,
  sign: (request, { secret }) => ({
    ...request,
    headers: { ...request.headers, 'stripe-signature': signedAt(request, secret, now) },
  }),
  accepts,
});

it.each([
  [299, true],
  [301, false],
])('is as strict as stripe about a signature %i s old', async (seconds, expected) => {
  const body = Buffer.from('{}');
  const header = signedAt({ body }, 'whsec_a', new Date(now.getTime() - seconds * 1000));
  const request = { method: 'POST', path: '/', rawQuery: '', body, headers: { 'stripe-signature': header } };

  const verdict = await stripeSample.source.verify.verify(request, ['whsec_a'], now);

  expect(accepts(request, { secret: 'whsec_a' })).toBe(expected);
  expect(verdict.verified).toBe(expected);
});

it('refuses a signature from tomorrow, which stripe accepts', async () => {
  const body = Buffer.from('{}');
  const header = signedAt({ body }, 'whsec_a', new Date(now.getTime() + 86_400_000));
  const request = { method: 'POST', path: '/', rawQuery: '', body, headers: { 'stripe-signature': header } };

  const verdict = await stripeSample.source.verify.verify(request, ['whsec_a'], now);

  expect(accepts(request, { secret: 'whsec_a' })).toBe(true);
  expect(verdict).toEqual({ verified: false, cause: 'timestamp-in-future' });
});
