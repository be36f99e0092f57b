import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface WiseEvent {
  /** `transfers#state-change`, … */
  readonly event_type: string;
  readonly subscription_id?: string;
  readonly schema_version?: string;
  readonly sent_at?: string;
  readonly data: {
    readonly resource?: { readonly type: string; readonly id: number; readonly [field: string]: unknown };
    readonly transfer_id?: number;
    readonly occurred_at?: string;
    readonly [field: string]: unknown;
  };
}

/** Wise, signed with a key of its own. Lane: the transfer, balance account, … */
export const wise = preset<WiseEvent>(
  {
    name: 'wise',
    title: 'Wise',
    page: 'https://docs.wise.com/api-docs/features/webhooks-notifications/event-handling',
    confidence: 'second-hand',
    secret: 'the public key that Wise publishes (PEM), for production or the sandbox',
    unsigned: 'the delivery id (header)',
    version: 'data.occurred_at',
  },
  {
    verify: signature({
      name: 'wise',
      algorithm: 'rsa-sha256',
      key: { format: 'pem' },
      from: 'header:x-signature-sha256',
      encoding: 'base64',
      signed: '{body}',
    }),
    id: 'header:x-delivery-id',
    type: 'event_type',
    // A payout that failed names its transfer.
    lane: ({ body: { data } }) =>
      data.resource === undefined
        ? joined('transfer', data.transfer_id)
        : joined(data.resource.type, data.resource.id),
  },
);
