import * as z from 'zod';
import { isEventKey, type EventKey } from '../ledger/keys.ts';
import { fromJson } from '../ledger/unreadable.ts';

const key = z.custom<EventKey>(isEventKey);

/**
 * The LANE item. A lane without one is open: the queue's order decides. Every change writes a fresh random `version` and is conditioned
 * on the one it read, so whoever decides on a lane that has moved since decides again.
 */
export const laneSchema = z.object({
  /** `source#entity`, or the key of an event that is its own lane. */
  lane: z.string(),
  version: z.string(),
  /** The one event that may run; every other one parks behind it. */
  turn: key.optional(),
  /** When the sweeper takes the turn from the failed event that has it. */
  holdUntil: z.coerce.date().optional(),
  /** When the sweeper gives up what those who wait without a turn are waiting for. */
  gapUntil: z.coerce.date().optional(),
  /** How many WAIT items stand in this lane. */
  waiting: z.int().nonnegative(),
  /** `sequence`: the number that runs next. */
  next: z.number().optional(),
  /** `version`: that of the last processed event. */
  latest: z.string().optional(),
  /** `after`: types that are final, of those that others need. */
  done: z.array(z.string()).optional(),
  /**
   * Types that handlers wait for (`WaitFor`) or that were given up, with the tick at which that happened; 0: not yet. Stored as text: a
   * type is anybody's word, and the SDK stores no map with a key `constructor`.
   */
  wanted: z.string().transform(fromJson).pipe(z.record(z.string(), z.number())).optional(),
  /** Counts what became final while somebody waited: tells what happened after an event had parked from what happened before. */
  tick: z.number().optional(),
  /** Since when its turn waits at the gate of its source, which is paused. Nobody looks at it before that is open. */
  atGate: z.coerce.date().optional(),
  /** When the sweeper looks at the lane again. */
  dueAt: z.coerce.date().optional(),
  /** The sweeper watches the events of this lane that were accepted then or later, until it finds all of them at rest. */
  watchFrom: z.coerce.date().optional(),
  /** What the sweeper sent last: which one is sent again only after a while. */
  sent: z
    .object({ entry: z.number(), upTo: z.coerce.date(), at: z.coerce.date(), times: z.number() })
    .optional(),
});

export type Lane = z.infer<typeof laneSchema>;

/** A LANE item as it is to become; its version is made when it is written. */
export type LaneState = Omit<Lane, 'version'>;

/** A lane without an item stands open and empty. */
export const stateOf = (lane: Lane | undefined, laneName: string): LaneState =>
  lane ?? { lane: laneName, waiting: 0 };

/** Nothing stands in the way of an event, and nothing has to be remembered of it: at most the sweeper is watching. */
export const isOpen = ({ turn, waiting, next, latest, done }: LaneState): boolean =>
  turn === undefined && waiting === 0 && next === undefined && latest === undefined && done === undefined;

/** A WAIT item: an event that is stored in its lane, its message acknowledged, until it gets the turn. */
export const waitingSchema = z.object({
  key,
  type: z.string(),
  sequence: z.number().optional(),
  version: z.string().optional(),
  /** It has a `processing` entry, or a gap made it fail in its place: it is not late. */
  started: z.boolean(),
  /** Asked for by hand: never stale. */
  replayed: z.boolean(),
  /** Sorts the lane: the padded number under `sequence`, else the queue's SequenceNumber of the message that parked the event first. */
  position: z.string(),
  generation: z.int().nonnegative(),
  /** The lane's tick when it parked. */
  tick: z.number(),
  /** Its handler waits for one of these types (`WaitFor`), until then. */
  needs: z.array(z.string()).optional(),
  until: z.coerce.date().optional(),
});

export type WaitItem = z.infer<typeof waitingSchema>;

/** What the rules need to know of an event that wants to run. */
export type OrderFacts = Omit<WaitItem, 'position' | 'generation' | 'tick' | 'until'> & {
  readonly tick?: number;
};

/** A type is the sender's word: `constructor` is one like any other. */
export const ofType = <T>(types: Readonly<Record<string, T>> | undefined, type: string): T | undefined =>
  types && Object.hasOwn(types, type) ? types[type] : undefined;

/** Padded so that it sorts as text; the key tells two events of one number apart. */
export const sequencePosition = (sequence: number, key: EventKey): string =>
  `${String(sequence).padStart(20, '0')}#${key}`;
