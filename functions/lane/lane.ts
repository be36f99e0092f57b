import * as z from 'zod';
import { isEventKey, type EventKey } from '../ledger/keys.ts';
import { fromJson } from '../ledger/unreadable.ts';

const key = z.custom<EventKey>(isEventKey);

/** Of an event by its newest entry (0: it has not begun), and of those that had not begun and were accepted up to then. */
const sentOnceSchema = z.object({
  entry: z.number(),
  /** It alone was sent: of others that were accepted in its millisecond this says nothing. */
  only: key.optional(),
  upTo: z.coerce.date(),
  at: z.coerce.date(),
  times: z.number(),
});
/** `behind` it, what was sent of those that had not begun. */
const sentSchema = sentOnceSchema.extend({ behind: sentOnceSchema.optional() });

/**
 * The LANE item. A lane without one is open: the queue's order decides. Every change writes a fresh random `version` and is conditioned
 * on the one that was read: a decision about a lane that has changed since is taken again.
 */
export const laneSchema = z.object({
  /** `source#entity`, or the key of an event that is its own lane. */
  lane: z.string(),
  version: z.string(),
  /** The event that may run; every other event of the lane parks behind it. */
  turn: key.optional(),
  /** When the sweeper takes the turn from the failed event that holds it. */
  holdUntil: z.coerce.date().optional(),
  /** In a source that holds, events that failed while another had the turn: they have it next, and hold the lane until they are repaired. */
  holdNext: z.array(key).optional(),
  /** When the sweeper ends the gap: the events that wait for something missing stop waiting. */
  gapUntil: z.coerce.date().optional(),
  /** The last position that waits in the gap: once it has left, the gap is over. */
  gapUpTo: z.string().optional(),
  /** How many WAIT items stand in this lane. */
  waiting: z.int().nonnegative(),
  /** `sequence`: the number that runs next. */
  next: z.number().optional(),
  /** `version`: that of the last processed event. */
  latest: z.string().optional(),
  /** `after`: types that are final, of those that others need. */
  done: z.array(z.string()).optional(),
  /**
   * Types that handlers wait for (`WaitFor`), each with the tick at which it became final or was given up; 0: not yet. Stored as text: a
   * type is the sender's word, and the SDK stores no map with a key `constructor`.
   */
  wanted: z.string().transform(fromJson).pipe(z.record(z.string(), z.number())).optional(),
  /** Counts the types that became final while events waited: tells whether that was before or after an event parked. */
  tick: z.number().optional(),
  /** Since when its turn waits at the gate of its source, which is paused. Nobody looks at it before that is open. */
  atGate: z.coerce.date().optional(),
  /** When the sweeper checks the lane again. */
  dueAt: z.coerce.date().optional(),
  /** The sweeper checks the events of this lane accepted since then, until all of them are at rest. */
  watchFrom: z.coerce.date().optional(),
  /** What the sweeper sent last, so that it does not send it again too soon. */
  sent: sentSchema.optional(),
  /** The same of those behind the event that has the turn, while the lane stands still. */
  behind: sentSchema.optional(),
});

export type Lane = z.infer<typeof laneSchema>;

/** A LANE item as it is to become; its version is made when it is written. */
export type LaneState = Omit<Lane, 'version'>;

/** A lane without an item stands open and empty. */
export const stateOf = (lane: Lane | undefined, laneName: string): LaneState =>
  lane ?? { lane: laneName, waiting: 0 };

/** What is left of that once the event that was sent has moved on: its message may be lost anew, those of the others are on their way. */
export const sentBehind = (sent: Lane['sent']): Lane['sent'] => (sent?.entry === 0 ? sent : sent?.behind);

/** Every event may run, and nothing is remembered of earlier ones; at most the sweeper is watching. */
export const isOpen = ({ turn, waiting, next, latest, done }: LaneState): boolean =>
  turn === undefined && waiting === 0 && next === undefined && latest === undefined && done === undefined;

/** A WAIT item: an event that is stored in its lane, its message acknowledged, until it gets the turn. */
export const waitingSchema = z.object({
  key,
  type: z.string(),
  sequence: z.number().optional(),
  version: z.string().optional(),
  /** It has a `processing` entry, or failed because of a gap: it counts as in its place, never as late. */
  started: z.boolean(),
  /** An operator replayed it: it is never stale. */
  replayed: z.boolean(),
  /** Sorts the lane: the padded number under `sequence`, else the queue's SequenceNumber of the message that parked the event first. */
  position: z.string(),
  generation: z.int().nonnegative(),
  /** The lane's tick when it parked. */
  tick: z.number(),
  /** Its handler waits for one of these types (`WaitFor`) until `until`. */
  needs: z.array(z.string()).optional(),
  until: z.coerce.date().optional(),
});

export type WaitItem = z.infer<typeof waitingSchema>;

/** What the rules of order need to know of an event that could run. */
export type OrderFacts = Omit<WaitItem, 'position' | 'generation' | 'tick' | 'until'> & {
  readonly tick?: number;
};

/** Padded so that it sorts as text; the key tells two events of one number apart. */
export const sequencePosition = (sequence: number, key: EventKey): string =>
  `${String(sequence).padStart(20, '0')}#${key}`;
