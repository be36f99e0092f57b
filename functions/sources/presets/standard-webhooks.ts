import { isText, lookUp } from '../path.ts';
import { preset } from '../preset.ts';
import { any } from '../verify/combine.ts';
import { signature } from '../verify/signature.ts';
import type { SignatureSpec } from '../verify/signature-spec.ts';

/** What the specification recommends of a payload. */
export interface StandardWebhook {
  readonly type?: string;
  /** ISO 8601: when the event happened. */
  readonly timestamp?: string;
  readonly data?: unknown;
  readonly [field: string]: unknown;
}

function type({ source: name, body }: { source: string; body: unknown }) {
  const found = lookUp(body, 'type');
  return isText(found) && found !== '' ? found : name;
}

/** The scheme, for the many senders that share it under other header names. */
export function standardWebhooksSignature(headerPrefix: 'webhook' | 'svix') {
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

/**
 * Any sender that follows Standard Webhooks, symmetric or ed25519. Type: the body's, or the source's name where it has none. The specification
 * names no entity, so each event is its own lane unless you say which.
 */
export const standardWebhooks = preset<StandardWebhook>(
  {
    name: 'standard-webhooks',
    title: 'Standard Webhooks',
    page: 'https://www.standardwebhooks.com',
    confidence: 'library',
    secret: 'the shared secret (whsec_…) or the public key (whpk_…)',
    version: 'timestamp',
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type,
  },
);
