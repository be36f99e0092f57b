import { source } from '../define-source.ts';
import type { Source, SourceOptions } from '../source.ts';
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

/** Stripe, snapshot events; lane: the object. https://docs.stripe.com/webhooks/signature */
export function stripe<Body = StripeEvent>(overrides: Partial<SourceOptions<Body>> = {}): Source {
  return source<Body>({
    // The whole secret is the key, `whsec_` included.
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
    ...overrides,
  });
}
