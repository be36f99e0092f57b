import * as z from 'zod';
import { readable } from './unreadable.ts';
import { eventKey, eventSortKey, minuteKey, sha256Hex, shardOf, shardsPerMinute } from './keys.ts';

/** What ingest knows of an event when it accepts it. */
export interface AcceptedEvent {
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  /** `source#entity`, or the event's own key. */
  readonly lane: string;
  /** The bytes as they were received. */
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptedAt: Date;
  /** When the body may be forgotten. */
  readonly expiresAt: Date;
  readonly correlationId: string;
  readonly traceParent?: string;
  readonly order?: { readonly sequence?: number; readonly version?: string };
  /** The ARN of whoever signed the request for IAM. */
  readonly sender?: string;
  /** Which of type, lane and version the event lacked, although its source says where to read them. */
  readonly lacks?: readonly string[];
  /** Tells an own write whose answer was lost from another writer's. At most 36 characters. */
  readonly nonce: string;
}

const eventItemSchema = z.object({
  source: z.string(),
  eventId: z.string(),
  type: z.string(),
  lane: z.string().optional(),
  body: z.instanceof(Uint8Array).optional(),
  bodyKey: z.string().optional(),
  bodySha256: z.string(),
  bodyBytes: z.number(),
  headers: z.record(z.string(), z.string()),
  acceptedAt: z.coerce.date(),
  expiresAt: z.number().transform((seconds) => new Date(seconds * 1000)),
  correlationId: z.string(),
  traceParent: z.string().optional(),
  order: z.object({ sequence: z.number().optional(), version: z.string().optional() }).optional(),
  sender: z.string().optional(),
  lacks: z.array(z.string()).optional(),
  nonce: z.string(),
});

type EventItem = z.infer<typeof eventItemSchema>;

/** The EVENT item as it was stored. Its body is gzip, inline (`body`) or in the bucket (`bodyKey`). */
export type StoredEvent = Omit<EventItem, 'lane'> & { readonly lane: string };

/** @throws {UnreadableItem} */
export function parseEventItem(item: Record<string, unknown>): StoredEvent {
  const event = readable(eventItemSchema, item);
  return { ...event, lane: event.lane ?? eventKey(event.source, event.eventId) };
}

export function toEventItem(
  event: AcceptedEvent,
  body: { readonly body: Uint8Array } | { readonly bodyKey: string },
): Record<string, unknown> {
  const key = eventKey(event.source, event.eventId);
  const { source, eventId, type, headers, correlationId, nonce } = event;
  return {
    pk: key,
    sk: eventSortKey,
    source,
    eventId,
    type,
    // An event that is its own lane stays out of the by-lane index: one unit less.
    ...(event.lane === key ? {} : { lane: event.lane }),
    minute: minuteKey(source, event.acceptedAt, shardOf(event.lane, shardsPerMinute)),
    ...body,
    bodySha256: sha256Hex(event.raw),
    bodyBytes: event.raw.byteLength,
    headers,
    acceptedAt: event.acceptedAt.toISOString(),
    expiresAt: Math.floor(event.expiresAt.getTime() / 1000),
    correlationId,
    ...(event.traceParent === undefined ? {} : { traceParent: event.traceParent }),
    ...(event.order === undefined ? {} : { order: event.order }),
    ...(event.sender === undefined ? {} : { sender: event.sender }),
    ...(event.lacks === undefined ? {} : { lacks: event.lacks }),
    nonce,
  };
}
