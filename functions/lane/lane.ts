import * as z from 'zod';
import { isEventKey, type EventKey } from '../ledger/keys.ts';

const key = z.custom<EventKey>(isEventKey);

/**
 * The LANE item. A lane without one is open: the queue's order decides. Every change writes a fresh random `version` and is conditioned
 * on the one it read, so whoever decides on a lane that has moved since decides again.
 */
export const laneSchema = z.object({
  /** `source#entity` */
  lane: z.string(),
  version: z.string(),
  /** The one event that may run; every other one parks behind it. */
  turn: key.optional(),
  /** When the sweeper ends a hold (with a turn) or a gap (without one). */
  deadline: z.coerce.date().optional(),
  /** How many WAIT items stand in this lane. */
  waiting: z.int().nonnegative(),
  /** `sequence`: the number that runs next. */
  next: z.number().optional(),
  /** `version`: that of the last processed event. */
  latest: z.string().optional(),
  /** `after`: types that are final, of those that others need. */
  done: z.array(z.string()).optional(),
});

export type Lane = z.infer<typeof laneSchema>;

/** A LANE item as it is to become; its version is made when it is written. */
export type LaneState = Omit<Lane, 'version'>;

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
  /** Number of its `waiting` entry. */
  entryNumber: z.int().nonnegative(),
});

export type Waiting = z.infer<typeof waitingSchema>;

/** What the rules need to know of an event that wants to run. */
export type Candidate = Omit<Waiting, 'position' | 'generation' | 'entryNumber'>;

/** Padded so that it sorts as text; the key tells two events of one number apart. */
export const sequencePosition = (sequence: number, key: EventKey): string =>
  `${String(sequence).padStart(20, '0')}#${key}`;
