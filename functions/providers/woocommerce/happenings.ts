import { json, type Happenings } from '../happenings.ts';

export const woocommerceHappenings: Happenings = {
  id: 'digest of the bytes and the millisecond they came',
  differ: 'nothing that is sent: the delivery id is of the second; WooCommerce never comes again',
  first: json(
    { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
    { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart', 'x-wc-webhook-delivery-id': 'd' },
  ),
  second: json(
    { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
    { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart', 'x-wc-webhook-delivery-id': 'd' },
  ),
  retryRunsAgain: true,
  sameLane: [
    json(
      { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
      { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart' },
    ),
  ],
};
