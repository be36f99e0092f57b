import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface ResendEvent {
  /** `email.delivered`, `contact.updated`, … */
  readonly type: string;
  readonly created_at: string;
  readonly data?: {
    readonly email_id?: string;
    /** Of contacts and domains. */
    readonly id?: string;
    readonly [field: string]: unknown;
  };
}

/** Resend, delivered through Svix. Lane: the email, contact or domain. */
export const resend = preset<ResendEvent>(
  {
    name: 'resend',
    title: 'Resend',
    page: 'https://resend.com/docs/webhooks/verify-webhooks-requests',
    confidence: 'library',
    secret: 'the signing secret of the webhook (whsec_…)',
    acknowledgeWithinSeconds: 15,
    version: 'created_at',
  },
  {
    verify: standardWebhooksSignature('svix'),
    id: 'header:svix-id',
    type: 'type',
    lane: ({ body: { data } }) => data?.email_id ?? data?.id,
  },
);
