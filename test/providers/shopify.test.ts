import '@shopify/shopify-api/adapters/web-api';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { expect, it } from 'vitest';
import { shopify } from '../../functions/providers/shopify/preset.ts';
import { shopifySample } from '../../functions/providers/shopify/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('shopify');

it('tells what one action of a merchant changes apart, whatever it shares', async () => {
  const of = (delivery: string) => ({
    'x-shopify-event-id': 'e',
    'x-shopify-topic': 'products/update',
    'x-shopify-webhook-id': delivery,
    'x-shopify-shop-domain': 'd',
  });

  expect(await eventsOf(shopify(), '{"id":1}', of('w1'))).toEqual([['w1', 'products/update', 'd/1']]);
  expect(await eventsOf(shopify(), '{"id":2}', of('w2'))).toEqual([['w2', 'products/update', 'd/2']]);
});

it('reads the newer events, whose headers have other names', async () => {
  const headers = {
    'shopify-webhook-id': 'w',
    'shopify-topic': 'Order',
    'shopify-handle': 'h',
    'shopify-shop-domain': 'd',
  };

  expect(await eventsOf(shopify(), '{"id":1}', headers)).toEqual([['w', 'Order', 'd/1']]);
});

agreesWithLibrary({
  name: '@shopify/shopify-api',
  sample: shopifySample,
  keys: textSecrets,
  accepts: async ({ body, headers }, { secret }) => {
    const { webhooks } = shopifyApi({
      apiKey: 'key',
      apiSecretKey: secret,
      apiVersion: ApiVersion.January26,
      hostName: 'hooks.example.com',
      isEmbeddedApp: false,
      logger: { log: () => undefined },
    });
    const rawBody = Buffer.from(body).toString();
    const rawRequest = new Request('https://hooks.example.com/', {
      method: 'POST',
      headers: { 'x-shopify-api-version': '2026-01', ...headers },
      body: rawBody,
    });
    return (await webhooks.validate({ rawBody, rawRequest })).valid;
  },
});
