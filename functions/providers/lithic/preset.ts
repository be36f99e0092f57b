import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface LithicEvent {
  readonly token?: string;
  /** `card_transaction.updated`, … */
  readonly event_type?: string;
  readonly card_token?: string;
  readonly [field: string]: unknown;
}

/** Lithic, delivered through Svix. Lane: the card, else the object. */
export const lithic = preset<LithicEvent>(
  {
    name: 'lithic',
    title: 'Lithic',
    page: 'https://docs.lithic.com/docs/events-api',
    confidence: 'second-hand',
    secret: 'the secret of the event subscription (whsec_…)',
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type: 'event_type',
    lane: ({ body }) => body.card_token ?? body.token,
  },
);
