import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface AirwallexEvent {
  readonly id: string;
  /** `payment_intent.succeeded`, … */
  readonly name: string;
  readonly account_id?: string;
  readonly created_at?: string;
  readonly data: {
    readonly object?: { readonly id?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** Airwallex. Lane: the object. */
export const airwallex = preset<AirwallexEvent>(
  {
    name: 'airwallex',
    title: 'Airwallex',
    page: 'https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events',
    confidence: 'second-hand',
    secret: 'the secret of the webhook',
    version: 'created_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      signed: '{timestamp}{body}',
      timestamp: { from: 'header:x-timestamp', unit: 'ms' },
    }),
    id: 'id',
    type: 'name',
    lane: 'data.object.id',
  },
);
