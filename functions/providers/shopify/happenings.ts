import { byHeader, json, type Happenings } from '../happenings.ts';

export const shopifyHappenings: Happenings = {
  id: '`X-Shopify-Webhook-Id`, or `Shopify-Webhook-Id`',
  differ:
    'each delivery has its own and keeps it in retries; the event id is shared by all that one action changes',
  facts: 'https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates',
  ...byHeader(
    'x-shopify-webhook-id',
    { id: 1 },
    { 'x-shopify-event-id': 'e', 'x-shopify-topic': 'orders/updated', 'x-shopify-shop-domain': 'd' },
  ),
  sameLane: [
    json(
      { id: 7, order_id: 1 },
      { 'x-shopify-webhook-id': 'c', 'x-shopify-topic': 'refunds/create', 'x-shopify-shop-domain': 'd' },
    ),
  ],
};
