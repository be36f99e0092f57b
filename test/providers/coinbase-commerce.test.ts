import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { coinbaseCommerce } from '../../functions/providers/coinbase-commerce/preset.ts';
import { coinbaseCommerceSample } from '../../functions/providers/coinbase-commerce/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('coinbase-commerce');

it('the event, however often it is attempted', async () => {
  const body = (attempt: number) => ({
    id: 38734,
    scheduled_for: `2018-01-31T20:50:0${attempt}Z`,
    attempt_number: attempt,
    event: { id: '24934862', type: 'charge:created', data: { id: '1c1c', code: '66BEOV2A' } },
  });

  expect(await eventsOf(coinbaseCommerce(), body(1))).toEqual([['24934862', 'charge:created', '1c1c']]);
  expect(await eventsOf(coinbaseCommerce(), body(2))).toEqual([['24934862', 'charge:created', '1c1c']]);
});

const library = createRequire(import.meta.url)('coinbase-commerce-node/lib/Webhook.js') as {
  computeSignature(body: string, secret: string): string;
  verifySigHeader(body: string, signature: string, secret: string): boolean;
};

agreesWithLibrary({
  name: 'coinbase-commerce-node',
  sample: coinbaseCommerceSample,
  keys: textSecrets,
  sign: (request, { secret }) => {
    const signature = library.computeSignature(Buffer.from(request.body).toString(), secret);
    return { ...request, headers: { ...request.headers, 'x-cc-webhook-signature': signature } };
  },
  accepts: ({ body, headers }, { secret }) => {
    try {
      const signature = headers['x-cc-webhook-signature'] ?? '';
      return library.verifySigHeader(Buffer.from(body).toString(), signature, secret);
    } catch {
      return false;
    }
  },
});
