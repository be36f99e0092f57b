import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

export interface ClerkEvent {
  /** `user.created`, `session.ended`, … */
  readonly type: string;
  readonly data: { readonly id?: string; readonly [field: string]: unknown };
  /** Milliseconds. */
  readonly timestamp?: number;
  readonly [field: string]: unknown;
}

/** Clerk, delivered through Svix. Lane: the user, session or other thing. */
export const clerk = preset<ClerkEvent>(
  {
    name: 'clerk',
    title: 'Clerk',
    page: 'https://clerk.com/docs/guides/development/webhooks/syncing',
    confidence: 'library',
    secret: 'the signing secret of the endpoint (whsec_…)',
    acknowledgeWithinSeconds: 15,
    version: 'timestamp',
  },
  {
    verify: standardWebhooksSignature('svix'),
    id: 'header:svix-id',
    type: 'type',
    lane: 'data.id',
  },
);
