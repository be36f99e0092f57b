import { isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

/** What the sender made of it. */
export interface SvixWebhook {
  readonly [field: string]: unknown;
}

function type({ source, body }: { source: string; body: unknown }) {
  const found = lookUp(body, 'type') ?? lookUp(body, 'eventType');
  return isText(found) && found !== '' ? found : source;
}

/**
 * Any sender that delivers through Svix. Type: `type` or `eventType` of the body, or the source's name where it has neither. Svix names no
 * entity, so each event is its own lane unless you say which.
 */
export const svix = preset<SvixWebhook>(
  {
    name: 'svix',
    title: 'Svix',
    page: 'https://docs.svix.com/receiving/verifying-payloads/how',
    confidence: 'library',
    secret: 'the signing secret of the endpoint (whsec_…)',
    acknowledgeWithinSeconds: 15,
  },
  {
    verify: standardWebhooksSignature('svix'),
    id: 'header:svix-id',
    type,
  },
);
