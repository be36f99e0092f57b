import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CloseWebhook {
  readonly subscription_id?: string;
  readonly event: {
    readonly id: string;
    readonly object_type: string;
    readonly object_id?: string;
    readonly lead_id?: string | null;
    /** `created`, `updated`, … */
    readonly action: string;
    readonly date_updated?: string;
    readonly [field: string]: unknown;
  };
}

/** Close. Lane: the lead, else the object. */
export const close = preset<CloseWebhook>(
  {
    name: 'close',
    title: 'Close',
    page: 'https://developer.close.com/topics/webhooks/',
    confidence: 'second-hand',
    secret: 'the signature_key of the webhook subscription (hex)',
    version: 'event.date_updated',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'close-sig-hash',
      encoding: 'hex',
      key: { format: 'hex' },
      signed: '{timestamp}{body}',
      timestamp: { from: 'header:close-sig-timestamp', unit: 's' },
    }),
    id: 'event.id',
    type: ({ body: { event } }) => `${event.object_type}.${event.action}`,
    lane: ({ body: { event } }) => event.lead_id ?? event.object_id,
  },
);
