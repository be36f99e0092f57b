import { woocommerce } from './preset.ts';
import type { Sample } from '../sample.ts';

export const woocommerceSample: Sample = {
  source: woocommerce(),
  key: { secret: '9jL&amp;k2|xQ<W}' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      id: 727,
      status: 'processing',
      currency: 'EUR',
      date_modified_gmt: '2026-01-15T09:30:00',
      billing: { first_name: 'Jörg' },
    }),
    headers: {
      'x-wc-webhook-topic': 'order.updated',
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-event': 'updated',
      'x-wc-webhook-delivery-id': '1f3870be274f6c49b3e31a0c6728957f',
    },
  }),
  events: [
    {
      type: 'order.updated',
      lane: 'order/727',
    },
  ],
};
