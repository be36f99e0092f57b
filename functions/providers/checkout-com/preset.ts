import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CheckoutComEvent {
  readonly id: string;
  /** `payment_captured`, … */
  readonly type: string;
  readonly created_on?: string;
  readonly data: { readonly id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Checkout.com. Lane: the payment, dispute or other resource. */
export const checkoutCom = preset<CheckoutComEvent>(
  {
    name: 'checkout-com',
    title: 'Checkout.com',
    page: 'https://www.checkout.com/docs/workflows',
    confidence: 'documentation',
    secret: 'the signature key of the workflow’s webhook action',
    version: 'created_on',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'cko-signature', encoding: 'hex' }),
    id: 'id',
    type: 'type',
    lane: 'data.id',
  },
);
