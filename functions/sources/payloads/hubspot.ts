import type { WebhookEvent } from '../../handler-api/handler.ts';
import { bodyHash, joined } from '../event-keys.ts';
import type { SourceOptions } from '../source.ts';

/** One event of a body that holds several; `attemptNumber` changes from try to try. */
export interface HubspotEvent {
  readonly eventId?: number;
  readonly subscriptionId?: number;
  readonly portalId?: number;
  /** `contact.propertyChange`, `object.creation`, … */
  readonly subscriptionType?: string;
  readonly objectId?: number;
  /** Of changed associations. */
  readonly fromObjectId?: number;
  /** Milliseconds. */
  readonly occurredAt?: number;
  readonly attemptNumber?: number;
  readonly [field: string]: unknown;
}

/** `eventId` alone is not promised to be unique. */
function id(e: WebhookEvent<HubspotEvent>) {
  const { portalId, subscriptionId, eventId, occurredAt } = e.body;
  return joined(portalId, subscriptionId, eventId, occurredAt) ?? bodyHash(e);
}

/** What all of HubSpot's webhooks share but their signature; a workflow sends one object instead of a list of events. */
export const hubspotEvents = {
  split: (body) => (Array.isArray(body) ? body : undefined),
  id,
  type: ({ body, source }) => body.subscriptionType ?? source,
  lane: ({ body }) => joined(body.portalId, body.objectId ?? body.fromObjectId),
} satisfies Omit<SourceOptions<HubspotEvent>, 'verify'>;
