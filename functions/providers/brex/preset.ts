import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface BrexEvent {
  /** `TRANSFER_PROCESSED`, `USER_UPDATED`, … */
  readonly event_type: string;
  readonly company_id?: string;
  readonly transfer_id?: string;
  readonly user_id?: string;
  readonly referral_id?: string;
  readonly [field: string]: unknown;
}

/** Brex. Lane: the transfer, user or referral. */
export const brex = preset<BrexEvent>(
  {
    name: 'brex',
    title: 'Brex',
    page: 'https://developer.brex.com/docs/webhooks',
    confidence: 'second-hand',
    secret: 'the signing secret, with or without whsec_',
  },
  {
    verify: standardWebhooksSignature('webhook', { secretMayBeBare: true }),
    id: 'header:webhook-id',
    type: 'event_type',
    lane: ({ body }) => body.transfer_id ?? body.user_id ?? body.referral_id,
  },
);
