import { source } from '../define-source.ts';
import { isText, lookUp } from '../path.ts';
import type { Source, SourceOptions } from '../source.ts';
import { hmac } from '../verify/hmac.ts';

/** What the specification recommends of a payload. */
export interface StandardWebhook {
  readonly type?: string;
  /** ISO 8601: when the event happened. */
  readonly timestamp?: string;
  readonly data?: unknown;
  readonly [field: string]: unknown;
}

/**
 * Any sender that follows Standard Webhooks. Type: the body's, or the source's name where it has none. The specification names no entity,
 * so each event is its own lane unless you say which. https://www.standardwebhooks.com
 */
export function standardWebhooks<Body = StandardWebhook>(
  overrides: Partial<SourceOptions<Body>> = {},
): Source {
  return source<Body>({
    verify: hmac({
      algorithm: 'sha256',
      header: 'webhook-signature',
      shape: { kind: 'words', separator: ' ', prefix: 'v1,' },
      encoding: 'base64',
      key: { format: 'base64', prefix: 'whsec_' },
      signed: '{id}.{timestamp}.{body}',
      id: 'header:webhook-id',
      timestamp: { from: 'header:webhook-timestamp', unit: 's' },
    }),
    id: 'header:webhook-id',
    type,
    ...overrides,
  });
}

function type({ source: name, body }: { source: string; body: unknown }) {
  const found = lookUp(body, 'type');
  return isText(found) && found !== '' ? found : name;
}
