import { any } from './combine.ts';
import { signature } from './signature.ts';
import type { SignatureSpec } from './signature-spec.ts';
import type { Verifier } from './verifier.ts';

export interface StandardWebhooksOptions {
  /**
   * The sender shows its secret as base64 without `whsec_` (default: such a secret is no key, since a public key without its prefix, which anybody
   * may know, must never be taken for a shared one).
   */
  readonly secretMayBeBare?: boolean;
}

/** The scheme of Standard Webhooks, for the many senders that share it, some under other header names. */
export function standardWebhooksSignature(
  headerPrefix: 'webhook' | 'svix',
  { secretMayBeBare = false }: StandardWebhooksOptions = {},
): Verifier {
  const common = {
    from: `header:${headerPrefix}-signature`,
    encoding: 'base64',
    signed: '{id}.{timestamp}.{body}',
    id: `header:${headerPrefix}-id`,
    timestamp: { from: `header:${headerPrefix}-timestamp`, unit: 's' },
  } as const satisfies Partial<SignatureSpec>;
  return any(
    signature({
      ...common,
      name: 'standard-webhooks',
      algorithm: 'hmac-sha256',
      // Supabase shows the version of the signature before the secret.
      key: { format: 'base64', prefix: ['whsec_', 'v1,whsec_'], mustHavePrefix: !secretMayBeBare },
      shape: { kind: 'words', separator: ' ', prefix: 'v1,' },
    }),
    signature({
      ...common,
      name: 'standard-webhooks-ed25519',
      algorithm: 'ed25519',
      key: { format: 'raw-base64', prefix: 'whpk_', mustHavePrefix: true },
      shape: { kind: 'words', separator: ' ', prefix: 'v1a,' },
    }),
  );
}
