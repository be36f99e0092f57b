import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface TelnyxEvent {
  readonly data: {
    readonly id: string;
    /** `call.initiated`, `message.finalized`, … */
    readonly event_type: string;
    readonly occurred_at: string;
    readonly payload: {
      readonly call_session_id?: string;
      readonly fax_id?: string;
      readonly id?: string;
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
  /** `attempt` changes from one delivery to the next. */
  readonly meta?: { readonly attempt?: number; readonly [field: string]: unknown };
}

/** Telnyx, API v2. Lane: the call session, else the message. */
export const telnyx = preset<TelnyxEvent>(
  {
    name: 'telnyx',
    title: 'Telnyx',
    page: 'https://developers.telnyx.com/development/api-fundamentals/webhooks/receiving-webhooks',
    confidence: 'library',
    secret: 'the public key of the account (base64)',
    version: 'data.occurred_at',
  },
  {
    verify: signature({
      name: 'telnyx',
      algorithm: 'ed25519',
      key: { format: 'raw-base64' },
      from: 'header:telnyx-signature-ed25519',
      encoding: 'base64',
      signed: '{timestamp}|{body}',
      timestamp: { from: 'header:telnyx-timestamp', unit: 's' },
    }),
    id: 'data.id',
    type: 'data.event_type',
    lane: ({ body: { data } }) => data.payload.call_session_id ?? data.payload.fax_id ?? data.payload.id,
  },
);
