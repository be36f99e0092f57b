import * as z from 'zod';
import { entryStates, type Entry } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { laneOf, type NotedRecord } from '../ledger/ledger.ts';
import type { Note } from '../ledger/note.ts';
import { partsOfName } from '../sources/subscribers.ts';
import { time } from './wire.ts';

export const stateSchema = z.enum(['pending', ...entryStates]);

const subscriberStateSchema = z.object({
  name: z.string(),
  state: stateSchema.meta({ description: '`ignored`: it does not want it' }),
  attempts: z.int(),
  changedAt: time.optional(),
  reason: z.string().optional(),
});

/** How an event is doing at one of the subscribers of its source. */
export type SubscriberState = z.output<typeof subscriberStateSchema>;

/** An event as operators see it. What is undefined is left out. */
export const eventSchema = z
  .object({
    source: z.string(),
    eventId: z.string(),
    subscriberOf: z.string().optional().meta({
      description: 'Of an event of a subscriber: the source that handed it on, whose event has the same id',
    }),
    type: z.string().optional().meta({
      description: 'Absent, with everything else that the body said, once that has expired',
    }),
    lane: z
      .string()
      .optional()
      .meta({ examples: ['payments#order-7'] }),
    state: stateSchema,
    attempts: z.int().meta({ description: 'How often the handler was started, over all generations' }),
    duplicates: z.int().meta({
      description:
        'Copies that arrived after the first; of an event with more than 2,000 notes, those among the newest of them',
    }),
    acceptedAt: time.optional(),
    changedAt: time.optional().meta({ description: 'When the newest entry was written' }),
    expiresAt: time.optional().meta({ description: 'When the body may be forgotten' }),
    correlationId: z.string().optional(),
    sender: z.string().optional().meta({ description: 'The ARN of whoever signed it for IAM' }),
    lacks: z.array(z.string()).optional().meta({
      description: 'What of type, lane and version it lacked although its source names where it stands',
    }),
    bodySha256: z.string().optional(),
    bodyBytes: z.int().optional(),
    generation: z.int(),
    replay: z.int(),
    lastError: z
      .object({ name: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Of the last attempt that recorded one, however it went on' }),
    reason: z.string().optional().meta({
      description: 'Why it is in its state, where that says more than the state',
    }),
    result: z.unknown().optional().meta({ description: 'What the handler returned' }),
    nextAt: time.optional().meta({ description: 'When a retry is due' }),
    leaseUntil: time.optional().meta({ description: 'Of a running attempt' }),
    subscribers: z.array(subscriberStateSchema).optional().meta({
      description:
        'Those that it was handed on to, whose own events are read and acted on with `?subscriber=`; absent where there is none. Of one event alone, not of one in a list',
    }),
  })
  .meta({ description: 'An event, with its state as of now' });

export type EventView = z.output<typeof eventSchema>;

/** Undefined: there never was such an event. */
export function eventView(key: EventKey, record: NotedRecord): EventView | undefined {
  const { event, entries, notes } = record;
  const names = parseEventKey(key);
  if (!names || (event === undefined && entries.length === 0)) return undefined;
  const newest = entries.at(-1);
  const { source, subscriber } = partsOfName(names.source);
  return {
    ...names,
    subscriberOf: subscriber === undefined ? undefined : source,
    type: event?.type,
    lane: laneOf(record),
    state: newest?.state ?? 'pending',
    attempts: entries.filter(({ state }) => state === 'processing').length,
    duplicates: notes.filter(isCopy).length,
    acceptedAt: event?.acceptedAt,
    changedAt: newest?.at,
    expiresAt: event?.expiresAt,
    correlationId: event?.correlationId,
    sender: event?.sender,
    lacks: event?.lacks,
    bodySha256: event?.bodySha256,
    bodyBytes: event?.bodyBytes,
    generation: newest?.generation ?? 0,
    replay: newest?.replay ?? 0,
    lastError: entries.map(errorOf).findLast((error) => error !== undefined),
    reason: newest && reasonOf(newest),
    result: newest?.state === 'processed' ? newest.result : undefined,
    nextAt: newest?.state === 'retrying' ? newest.nextAt : undefined,
    leaseUntil: newest?.state === 'processing' ? newest.leaseUntil : undefined,
  };
}

/** A copy that came after the body had expired is one too; it was stored as new, and not run. */
const isCopy = ({ what }: Note): boolean => what === 'duplicate' || what === 'late-copy';

const errorOf = (entry: Entry) => ('error' in entry ? entry.error : undefined);

/** What an entry says of why it was written. */
export function reasonOf(entry: Entry): string | undefined {
  switch (entry.state) {
    case 'failed':
      return entry.error ? `${entry.cause}: ${described(entry.error)}` : entry.cause;
    case 'retrying':
      return described(entry.error);
    case 'quarantined':
      return entry.error && described(entry.error);
    case 'superseded':
      return `${entry.reason}, compared to ${entry.comparedTo}`;
    case 'waiting':
    case 'ignored':
    case 'discarded':
    case 'resolved':
    case 'reopened':
      return entry.reason;
    case 'processing':
    case 'processed':
      return undefined;
  }
}

const described = ({ name, message }: { readonly name: string; readonly message: string }): string =>
  `${name}: ${message}`;
