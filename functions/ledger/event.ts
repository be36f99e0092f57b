import * as z from 'zod';
import { eventOrderSchema } from './entry.ts';
import { readable } from './unreadable.ts';
import {
  eventKey,
  eventSortKey,
  isEventKey,
  minuteKey,
  sha256Hex,
  shardOf,
  shardsPerMinute,
  type EventKey,
} from './keys.ts';

interface NewEvent {
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  /** `source#entity`, or the event's own key. */
  readonly lane: string;
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

/** What ingest knows of an event when it accepts it. */
export interface AcceptedEvent extends NewEvent {
  /** The bytes as they were received. */
  readonly raw: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** An event that is handed on to a subscriber: body and headers are those of another one. */
export interface HandedOnEvent extends NewEvent {
  readonly body: {
    readonly bodyOf: EventKey;
    readonly bodySha256: string;
    readonly bodyBytes: number;
    /** None: they are those of the other one. */
    readonly headers: Readonly<Record<string, never>>;
  };
}

const eventItemSchema = z.object({
  source: z.string(),
  eventId: z.string(),
  type: z.string(),
  lane: z.string().optional(),
  body: z.instanceof(Uint8Array).optional(),
  bodyKey: z.string().optional(),
  /** The event that it was made of, which has the body and the headers. */
  bodyOf: z.custom<EventKey>(isEventKey).optional(),
  bodySha256: z.string(),
  bodyBytes: z.number(),
  headers: z.record(z.string(), z.string()),
  acceptedAt: z.coerce.date(),
  expiresAt: z.number().transform((seconds) => new Date(seconds * 1000)),
  correlationId: z.string(),
  traceParent: z.string().optional(),
  order: eventOrderSchema.optional(),
  sender: z.string().optional(),
  lacks: z.array(z.string()).optional(),
  nonce: z.string(),
});

type EventItem = z.infer<typeof eventItemSchema>;

/** The EVENT item as it was stored. Its body is gzip, inline (`body`) or in the bucket (`bodyKey`), or that of another event (`bodyOf`). */
export type StoredEvent = Omit<EventItem, 'lane'> & { readonly lane: string };

/** @throws {UnreadableItem} */
export function parseEventItem(item: Record<string, unknown>): StoredEvent {
  const event = readable(eventItemSchema, item);
  return { ...event, lane: event.lane ?? eventKey(event.source, event.eventId) };
}

export const receivedBody = (
  { raw, headers }: Pick<AcceptedEvent, 'raw' | 'headers'>,
  packed: { readonly body: Uint8Array } | { readonly bodyKey: string },
) => ({ ...packed, bodySha256: sha256Hex(raw), bodyBytes: raw.byteLength, headers });

export function toEventItem(
  event: NewEvent,
  body: HandedOnEvent['body'] | ReturnType<typeof receivedBody>,
): Record<string, unknown> {
  const key = eventKey(event.source, event.eventId);
  const { source, eventId, type, correlationId, nonce } = event;
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
