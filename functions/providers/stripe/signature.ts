import { hmac } from '../../signatures/hmac.ts';
import type { Verifier } from '../../signatures/verifier.ts';

/** Shared by both kinds of Stripe's events. The whole secret is the key, its prefix included. */
export function stripeSignature(): Verifier {
  return hmac({
    algorithm: 'sha256',
    header: 'stripe-signature',
    shape: { kind: 'list', separator: ',', signature: 'v1' },
    encoding: 'hex',
    signed: '{timestamp}.{body}',
    timestamp: { from: 'signature:t', unit: 's' },
  });
}
