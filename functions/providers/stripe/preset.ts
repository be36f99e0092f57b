import { preset } from '../preset.ts';
import { stripeSignature } from './signature.ts';

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

/** Stripe, snapshot events; the thin ones are `stripeThin`. Lane: the object. */
export const stripe = preset<StripeEvent>(
  {
    name: 'stripe',
    title: 'Stripe',
    page: 'https://docs.stripe.com/webhooks/signature',
    confidence: 'library',
    secret: 'the signing secret of the endpoint (whsec_…)',
    acknowledgeWithinSeconds: 10,
    version: 'created',
  },
  {
    verify: stripeSignature(),
    id: 'id',
    type: 'type',
    lane: 'data.object.id',
  },
);
