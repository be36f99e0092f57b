import { joined } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** The resource itself, as the topic and the API version render it. */
export interface ShopifyResource {
  readonly id?: number | string;
  readonly updated_at?: string;
  readonly [field: string]: unknown;
}

/** Shopify. Lane: the resource in its shop. */
export const shopify = preset<ShopifyResource>(
  {
    name: 'shopify',
    title: 'Shopify',
    page: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
    confidence: 'library',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    unsigned: 'the event id, the topic and the shop (headers)',
    version: 'updated_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-shopify-hmac-sha256', encoding: 'base64' }),
    // One change may be delivered under several topics and several subscriptions of one topic, all with its event id.
    id: ({ headers }) =>
      joined(
        headers['x-shopify-event-id'],
        headers['x-shopify-topic'],
        ...(headers['x-shopify-name'] === undefined ? [] : [headers['x-shopify-name']]),
      ),
    type: 'header:X-Shopify-Topic',
    lane: ({ headers, body }) => joined(headers['x-shopify-shop-domain'], body.id),
  },
);
