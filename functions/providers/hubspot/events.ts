import type { WebhookEvent } from '../../api/handler.ts';
import { joined, joinedWith } from '../../sources/event-keys.ts';
import type { SourceOptions } from '../../sources/source.ts';

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
  readonly toObjectId?: number;
  readonly propertyName?: string;
  /** Milliseconds. */
  readonly occurredAt?: number;
  readonly attemptNumber?: number;
  readonly [field: string]: unknown;
}

/** `eventId` alone is not promised to be unique, and `attemptNumber` is another one in each retry. A workflow's object has no `eventId`. */
function id(e: WebhookEvent<HubspotEvent>) {
  const { portalId, subscriptionId, eventId, occurredAt } = e.body;
  const { objectId, fromObjectId, toObjectId, propertyName } = e.body;
  const event = [portalId, subscriptionId, eventId, occurredAt];
  return joinedWith(event, objectId ?? fromObjectId, toObjectId, propertyName);
}

/** What all of HubSpot's webhooks share but their signature; a workflow sends one object instead of a list of events. */
export const hubspotEvents = {
  split: (body) => (Array.isArray(body) ? body : undefined),
  id,
  type: ({ body, source }) => body.subscriptionType ?? source,
  lane: ({ body }) => joined(body.portalId, body.objectId ?? body.fromObjectId),
} satisfies Omit<SourceOptions<HubspotEvent>, 'verify'>;
