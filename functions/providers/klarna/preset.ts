import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface KlarnaEvent {
  readonly metadata: {
    readonly event_id: string;
    /** `payment.request.state-change.completed`, … */
    readonly event_type: string;
    readonly event_version?: string;
    readonly occurred_at?: string;
    readonly [field: string]: unknown;
  };
  readonly payload: {
    readonly payment_request_id?: string;
    readonly payment_transaction_id?: string;
    readonly payment_dispute_id?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Klarna Network. Lane: the payment request, else the transaction, else the dispute. */
export const klarna = preset<KlarnaEvent>(
  {
    name: 'klarna',
    title: 'Klarna',
    page: 'https://docs.klarna.com/platform-solutions/development-resources/setup-your-webhooks',
    confidence: 'documentation',
    secret: 'signing_key_id:signing_key',
    version: 'metadata.occurred_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'klarna-signature',
      encoding: 'hex',
      keyName: 'header:klarna-signing-key-id',
    }),
    id: 'metadata.event_id',
    type: 'metadata.event_type',
    lane: ({ body: { payload } }) =>
      payload.payment_request_id ?? payload.payment_transaction_id ?? payload.payment_dispute_id,
  },
);
