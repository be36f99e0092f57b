import * as z from 'zod';
import { eventOrderSchema } from './entry.ts';
import { readable } from './unreadable.ts';
import {
  eventKey,
  eventSortKey,
  isEventKey,
  minuteKey,
  shardOf,
  shardsPerMinute,
  type EventKey,
} from './keys.ts';

const eventItemSchema = z.object({
  source: z.string(),
  eventId: z.string(),
  type: z.string(),
  /** `source#entity`; absent where the event is its own lane. */
  lane: z.string().optional(),
  /** Gzip, of at most 16 KB. */
  body: z.instanceof(Uint8Array).optional(),
  /** Where a larger one is in the bucket. */
  bodyKey: z.string().optional(),
  /** Of an event that was handed on to a subscriber: the one that was received, which has the body and the headers. */
  bodyOf: z.custom<EventKey>(isEventKey).optional(),
  bodySha256: z.string(),
  bodyBytes: z.number(),
  headers: z.record(z.string(), z.string()),
  acceptedAt: z.coerce.date(),
  /** When the body may be forgotten. */
  expiresAt: z.number().transform((seconds) => new Date(seconds * 1000)),
  correlationId: z.string(),
  traceParent: z.string().optional(),
  order: eventOrderSchema.optional(),
  /** The ARN of whoever signed the request for IAM. */
  sender: z.string().optional(),
  /** Which of type, lane and version the event lacked, although its source says where to read them. */
  lacks: z.array(z.string()).optional(),
  /** Tells an own write whose answer was lost from another writer's. At most 36 characters. */
  nonce: z.string(),
});

/** The EVENT item; an event that has no entity is its own lane. */
export type StoredEvent = Omit<z.infer<typeof eventItemSchema>, 'lane'> & { readonly lane: string };

/** What an item says of its body. */
export type StoredBody = Pick<StoredEvent, 'body' | 'bodyKey' | 'bodyOf' | 'bodySha256' | 'bodyBytes'>;

/** What ingest knows of an event when it accepts it: `raw` are the bytes as they were received. */
export type AcceptedEvent = Omit<StoredEvent, keyof StoredBody> & { readonly raw: Uint8Array };

/** @throws {UnreadableItem} */
export function parseEventItem(item: Record<string, unknown>): StoredEvent {
  const event = readable(eventItemSchema, item);
  return { ...event, lane: event.lane ?? eventKey(event.source, event.eventId) };
}

export function toEventItem(event: StoredEvent): Record<string, unknown> {
  const { source, eventId, lane, acceptedAt, expiresAt } = event;
  const key = eventKey(source, eventId);
  return {
    ...event,
    pk: key,
    sk: eventSortKey,
    // An event that is its own lane stays out of the by-lane index: one unit less.
    lane: lane === key ? undefined : lane,
    minute: minuteKey(source, acceptedAt, shardOf(lane, shardsPerMinute)),
    acceptedAt: acceptedAt.toISOString(),
    expiresAt: Math.floor(expiresAt.getTime() / 1000),
  };
}
