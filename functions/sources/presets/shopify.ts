import { joined } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../verify/signature.ts';

/** The resource itself, as the topic and the API version render it. */
export interface ShopifyResource {
  readonly id?: number | string;
  readonly updated_at?: string;
  readonly [field: string]: unknown;
}

/** Webhooks call their headers `x-shopify-…`, the newer events `shopify-…`. */
function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
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
    verify: signature({
      name: 'shopify',
      algorithm: 'hmac-sha256',
      from: ['header:x-shopify-hmac-sha256', 'header:shopify-hmac-sha256'],
      encoding: 'base64',
      signed: '{body}',
    }),
    // One change may be delivered under several topics and several subscriptions of one topic, all with its event id.
    id: ({ headers }) => {
      const subscription = header(headers, 'name') ?? header(headers, 'handle');
      const id = joined(header(headers, 'event-id'), header(headers, 'topic'));
      return subscription === undefined ? id : joined(id, subscription);
    },
    type: ({ headers }) => header(headers, 'topic'),
    lane: ({ headers, body }) => joined(header(headers, 'shop-domain'), body.id),
  },
);
