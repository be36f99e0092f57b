import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** What every Stripe event has; the object is the one the event is about, as the account's API version renders it. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Whole seconds: several events of one object may share it. */
  readonly created: number;
  readonly livemode: boolean;
  readonly account?: string;
  readonly api_version: string | null;
  readonly data: {
    readonly object: {
      readonly id: string;
      readonly object: string;
      readonly customer?: string | null;
      readonly subscription?: string | null;
      readonly [field: string]: unknown;
    };
    readonly previous_attributes?: Readonly<Record<string, unknown>>;
  };
}

/** Stripe, snapshot events. Lane: the object. */
export const stripe = preset<StripeEvent>(
  {
    name: 'stripe',
    title: 'Stripe',
    page: 'https://docs.stripe.com/webhooks/signature',
    confidence: 'library',
    // The whole secret is the key, its prefix included.
    secret: 'the signing secret of the endpoint (whsec_…)',
    acknowledgeWithinSeconds: 10,
    version: 'created',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'stripe-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      timestamp: { from: 'signature:t', unit: 's' },
    }),
    id: 'id',
    type: 'type',
    lane: 'data.object.id',
  },
);
