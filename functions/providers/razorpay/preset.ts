import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface RazorpayEvent {
  /** `payment.captured`, `subscription.charged`, … */
  readonly event: string;
  readonly account_id?: string;
  /** The entities that the payload holds. */
  readonly contains?: readonly string[];
  /** Whole seconds. */
  readonly created_at: number;
  readonly payload: Readonly<
    Record<
      string,
      { readonly entity: { readonly id: string; readonly [field: string]: unknown } } | undefined
    >
  >;
  readonly [field: string]: unknown;
}

/** The entity that the event is named after; for the few whose name is no entity, the first of those that came along. */
function lane({ body: { event, contains = [], payload } }: { body: RazorpayEvent }) {
  const [name = ''] = event.split('.');
  return (payload[name] ?? payload[contains[0] ?? ''])?.entity.id;
}

/** Razorpay. Lane: the payment, order, subscription, … the event is about. */
export const razorpay = preset<RazorpayEvent>(
  {
    name: 'razorpay',
    title: 'Razorpay',
    page: 'https://razorpay.com/docs/webhooks/validate-test',
    confidence: 'library',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 5,
    unsigned: 'the event id (header)',
    version: 'created_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-razorpay-signature', encoding: 'hex' }),
    id: 'header:x-razorpay-event-id',
    type: 'event',
    lane,
  },
);
