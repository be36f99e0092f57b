import { isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

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
