import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';
import type { Verifier } from '../../signatures/verifier.ts';

export interface PaddleEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly occurred_at: string;
  /** Another one for each delivery. */
  readonly notification_id?: string;
  readonly data: { readonly id: string; readonly [field: string]: unknown };
}

/**
 * Paddle's signature, how old and how far ahead it may be: `paddle({ verify: paddleSignature(5) })`. Paddle's own libraries take 5 s, which
 * leaves nothing for clocks that differ; default 30.
 */
export function paddleSignature(toleranceSeconds = 30): Verifier {
  return hmac({
    algorithm: 'sha256',
    header: 'paddle-signature',
    shape: { kind: 'list', separator: ';', signature: 'h1' },
    encoding: 'hex',
    signed: '{timestamp}:{body}',
    timestamp: { from: 'signature:ts', unit: 's', toleranceSeconds },
  });
}

/** Paddle Billing. Lane: the object. */
export const paddle = preset<PaddleEvent>(
  {
    name: 'paddle',
    title: 'Paddle Billing',
    page: 'https://developer.paddle.com/webhooks/signature-verification',
    confidence: 'library',
    secret: 'the secret key of the notification destination (pdl_ntfset_…)',
    acknowledgeWithinSeconds: 5,
    version: 'occurred_at',
  },
  { verify: paddleSignature(), id: 'event_id', type: 'event_type', lane: 'data.id' },
);
