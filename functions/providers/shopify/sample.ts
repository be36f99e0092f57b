import { shopify } from './preset.ts';
import type { Sample } from '../sample.ts';

export const shopifySample: Sample = {
  source: shopify(),
  key: { secret: 'hush' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 820982911946154508n.toString(),
      name: '#9999',
      updated_at: now.toISOString(),
    }),
    headers: {
      'x-shopify-topic': 'orders/updated',
      'x-shopify-shop-domain': 'sample.myshopify.com',
      'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
      'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    },
  }),
  events: [
    {
      eventId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      type: 'orders/updated',
      lane: 'sample.myshopify.com/820982911946154508',
    },
  ],
};
