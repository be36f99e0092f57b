import { preset } from '../preset.ts';
import { stripeSignature } from '../stripe/signature.ts';

/** Says what happened to which object; the object itself is to be fetched. */
export interface StripeThinEvent {
  readonly id: string;
  readonly object: 'v2.core.event';
  readonly type: string;
  readonly created: string;
  readonly related_object?: {
    readonly id: string;
    readonly type: string;
    readonly url: string;
  } | null;
  readonly [field: string]: unknown;
}

/** Stripe, thin events (v2); the snapshot events are `stripe`. Lane: the object. */
export const stripeThin = preset<StripeThinEvent>(
  {
    name: 'stripe-thin',
    title: 'Stripe (thin events)',
    page: 'https://docs.stripe.com/webhooks/signature',
    confidence: 'library',
    secret: 'the signing secret of the event destination (whsec_…)',
    acknowledgeWithinSeconds: 10,
    version: 'created',
  },
  { verify: stripeSignature(), id: 'id', type: 'type', lane: 'related_object.id' },
);
