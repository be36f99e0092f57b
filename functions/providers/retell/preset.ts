import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface RetellEvent {
  /** `call_started`, `call_ended`, `call_analyzed`, … */
  readonly event: string;
  readonly call?: { readonly call_id?: string; readonly [field: string]: unknown };
  readonly chat?: { readonly chat_id?: string; readonly [field: string]: unknown };
}

/** Retell. Lane: the call or chat. */
export const retell = preset<RetellEvent>(
  {
    name: 'retell',
    title: 'Retell AI',
    page: 'https://docs.retellai.com/features/secure-webhook',
    confidence: 'documentation',
    secret: 'the API key that has the webhook badge',
    acknowledgeWithinSeconds: 10,
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-retell-signature',
      shape: { kind: 'list', separator: ',', signature: 'd' },
      encoding: 'hex',
      signed: '{body}{timestamp}',
      timestamp: { from: 'signature:v', unit: 'ms' },
    }),
    // Every event carries the call as it is by then.
    id: bodyHash(),
    type: 'event',
    lane: ({ body: { call, chat } }) => call?.call_id ?? chat?.chat_id,
  },
);
