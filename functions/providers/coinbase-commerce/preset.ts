import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CoinbaseCommerceWebhook {
  /** Grows with each delivery of the event. */
  readonly attempt_number?: number;
  readonly event: {
    readonly id: string;
    /** `charge:confirmed`, … */
    readonly type: string;
    readonly created_at?: string;
    readonly data: { readonly id?: string; readonly code?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Coinbase Commerce. Lane: the charge. */
export const coinbaseCommerce = preset<CoinbaseCommerceWebhook>(
  {
    name: 'coinbase-commerce',
    title: 'Coinbase Commerce',
    page: 'https://docs.cdp.coinbase.com/commerce/api-architecture/webhooks-security',
    confidence: 'library',
    secret: 'the shared secret of the webhook subscription',
    version: 'event.created_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-cc-webhook-signature', encoding: 'hex' }),
    id: 'event.id',
    type: 'event.type',
    // Older charges have a code alone.
    lane: ({ body: { event } }) => event.data.id ?? event.data.code,
  },
);
