import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One event of a body that holds up to 250. */
export interface GocardlessEvent {
  readonly id: string;
  readonly created_at: string;
  /** `payments`, `mandates`, … */
  readonly resource_type: string;
  readonly action: string;
  /** Ids by the name of what they are of: `{ payment: 'PM123', mandate: 'MD1' }`. */
  readonly links: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** GoCardless; a body holds several events. Lane: the resource the event is about. */
export const gocardless = preset<GocardlessEvent>(
  {
    name: 'gocardless',
    title: 'GoCardless',
    page: 'https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks',
    confidence: 'library',
    secret: 'the secret of the webhook endpoint',
    version: 'created_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'webhook-signature', encoding: 'hex' }),
    split: 'events',
    id: 'id',
    type: ({ body }) => `${body.resource_type}.${body.action}`,
    lane: ({ body }) => body.links[body.resource_type.replace(/s$/, '')],
  },
);
