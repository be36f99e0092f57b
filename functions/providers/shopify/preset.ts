import { lookUp } from '../../body/path.ts';
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

/** A refund, a fulfillment and a transaction belong to their order, a consent and a means of payment to their customer, a listing to its product. */
const entities = [
  'order_id',
  'order_edit.order_id',
  'inventory_item_id',
  'id',
  'customer_id',
  'customer.id',
  'subscription_contract_id',
  'product_listing.product_id',
  'scheduled_product_listing.product_id',
  'collection_listing.collection_id',
  'fulfillment_order.id',
  'original_fulfillment_order.id',
  'app_subscription.admin_graphql_api_id',
  'admin_graphql_api_customer_kept_id',
  'admin_graphql_api_id',
];

/**
 * As a number or as `gid://shopify/Order/7`. What lies beyond the whole numbers of JavaScript is rounded: two entities may share a lane then, but
 * no entity has two.
 */
function entityOf(body: ShopifyResource): string | undefined {
  const found = entities.map((path) => lookUp(body, path)).find((one) => (one ?? '') !== '');
  if (typeof found !== 'number' && typeof found !== 'string') return undefined;
  return String(found).replace(/^gid:\/\/shopify\/\w+\/(?=.)/, '');
}

/** Webhooks call their headers `x-shopify-…`, the newer events `shopify-…`. */
function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return headers[`x-shopify-${name}`] ?? headers[`shopify-${name}`];
}

/** Shopify. Lane: the order or other resource in its shop, else the shop. */
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
    lane: ({ headers, body }) => joinedWith([header(headers, 'shop-domain')], entityOf(body)),
  },
);
