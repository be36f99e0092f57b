import { bodyHash, joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/** The resource itself, as the topic and the API version render it. */
export interface ShopifyResource {
  readonly id?: number | string;
  /** Of a refund, a fulfillment or a transaction. */
  readonly order_id?: number | string | null;
  readonly customer?: { readonly id?: number | string; readonly [field: string]: unknown } | null;
  readonly updated_at?: string;
  readonly [field: string]: unknown;
}

/** Webhooks call their headers `x-shopify-…`, the newer events `shopify-…`. */
function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
}

/** Shopify. Lane: the order or other resource in its shop. */
export const shopify = preset<ShopifyResource>(
  {
    name: 'shopify',
    title: 'Shopify',
    page: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
    confidence: 'library',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    unsigned: 'the webhook id, the topic and the shop (headers)',
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
    // Of one delivery, the same in its retries. The event id is shared by all that one action of a merchant changes.
    id: ({ headers }) => header(headers, 'webhook-id'),
    idOtherwise: bodyHash({ within: 4 * 3600, headers: ['x-shopify-topic', 'x-shopify-triggered-at'] }),
    type: ({ headers }) => header(headers, 'topic'),
    // A refund, a fulfillment and a transaction belong to their order; what says that data is to be erased, to its customer.
    lane: ({ headers, body }) =>
      joinedWith([header(headers, 'shop-domain')], body.order_id ?? body.id ?? body.customer?.id),
  },
);
