import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CashfreeEvent {
  /** `PAYMENT_SUCCESS_WEBHOOK`, … */
  readonly type: string;
  readonly event_time?: string;
  readonly data?: {
    readonly order?: { readonly order_id?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Cashfree. Lane: the order. */
export const cashfree = preset<CashfreeEvent>(
  {
    name: 'cashfree',
    title: 'Cashfree Payments',
    page: 'https://www.cashfree.com/docs/api-reference/vrs/webhook-signature-verification',
    confidence: 'documentation',
    secret: 'the client secret of the account',
    version: 'event_time',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-webhook-signature',
      encoding: 'base64',
      signed: '{timestamp}{body}',
      timestamp: {
        from: 'header:x-webhook-timestamp',
        unit: 'ms',
        toleranceSeconds: 24 * 3600,
        futureSeconds: 300,
      },
    }),
    // Every webhook says when it happened, and the payment with its own ids.
    id: bodyHash(),
    type: 'type',
    lane: 'data.order.order_id',
  },
);
