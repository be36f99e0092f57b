import { any } from './combine.ts';
import { signature } from './signature.ts';
import type { SignatureSpec } from './signature-spec.ts';
import type { Verifier } from './verifier.ts';

/** The scheme of Standard Webhooks, for the many senders that share it, some under other header names. */
export function standardWebhooksSignature(headerPrefix: 'webhook' | 'svix'): Verifier {
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
      key: { format: 'base64', prefix: 'whsec_', mustHavePrefix: true },
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
