import * as z from 'zod';
import { fromJson, readable } from './unreadable.ts';

/** What its sender says of the place of an event in its lane. */
export const eventOrderSchema = z.object({
  sequence: z.number().optional(),
  version: z.string().optional(),
});

/** In every entry. `attempt` counts the attempts since the event last came to rest, so the newest entry alone tells it. */
const common = {
  number: z.int().positive(),
  at: z.coerce.date(),
  /** Who decided: a function, or an operator's identity. */
  actor: z.string(),
  generation: z.int().nonnegative(),
  /** How often the event was replayed: part of the idempotency key. */
  replay: z.int().nonnegative(),
  attempt: z.int().nonnegative(),
  /** Tells an own write whose answer was lost from another writer's. */
  nonce: z.string(),
  /** In entry 1, which outlives the EVENT item, and in entries that put an event back. */
  lane: z.string().optional(),
  /** In entry 1 too: what the lane has to know when the event comes to rest after its body has expired. */
  type: z.string().optional(),
  order: eventOrderSchema.optional(),
};

const recordedError = z.object({ name: z.string(), message: z.string() });
export type RecordedError = z.infer<typeof recordedError>;

const failureCauses = [
  'attempts-exhausted',
  'permanent-error',
  'at-most-once',
  'body-expired',
  'lease-expired',
  'gap',
] as const;
export type FailureCause = (typeof failureCauses)[number];

const entrySchema = z.discriminatedUnion('state', [
  z.object({
    ...common,
    state: z.literal('processing'),
    leaseUntil: z.coerce.date(),
    worker: z.string(),
    /** The source's breaker has tripped, and this attempt tells whether its destination is back; a failure of it counts as no attempt. */
    isProbe: z.boolean().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('retrying'),
    nextAt: z.coerce.date(),
    /** Its message is acknowledged and it has the turn of its lane; the sweeper sends it at `nextAt`. */
    parked: z.boolean().optional(),
    error: recordedError,
    durationMs: z.number().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('waiting'),
    position: z.string(),
    reason: z.string(),
    /** The handler asked to wait (`WaitFor`) for one of these types. The first deadline holds, however often it asks. */
    needs: z.array(z.string()).optional(),
    until: z.coerce.date().optional(),
    /** It might run but for this: it has the turn of its lane, which waits at the gate of its source. */
    because: z.enum(['paused', 'breaker', 'rate']).optional(),
  }),
  z.object({
    ...common,
    state: z.literal('reopened'),
    by: z.enum(['redelivery', 'redrive', 'replay']),
    reason: z.string().optional(),
    /** With the lane it puts the entry into the by-lane index: the sweeper finds the event there although its body expires. */
    acceptedAt: z.coerce.date().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('processed'),
    /** At most 4 KB. Stored as text: DynamoDB takes neither every number nor every depth that JSON has. */
    result: z.string().transform(fromJson).optional(),
    durationMs: z.number(),
  }),
  z.object({ ...common, state: z.literal('ignored'), reason: z.string(), durationMs: z.number() }),
  z.object({ ...common, state: z.literal('superseded'), reason: z.string(), comparedTo: z.string() }),
  z.object({
    ...common,
    state: z.literal('failed'),
    cause: z.enum(failureCauses),
    error: recordedError.optional(),
    durationMs: z.number().optional(),
  }),
  z.object({ ...common, state: z.literal('quarantined'), error: recordedError.optional() }),
  z.object({ ...common, state: z.literal('discarded'), reason: z.string() }),
  z.object({ ...common, state: z.literal('resolved'), reason: z.string() }),
]);

/** One numbered change of state of an event. The newest one is its state; its number is the fencing token. */
export type Entry = z.infer<typeof entrySchema>;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a caller decides of an entry; `following` and the ledger add the rest. A caller that may append it twice gives it its nonce. */
export type NewEntry = Without<Entry, 'number' | 'at' | 'nonce' | CarriedOn> &
  Partial<Pick<Entry, 'nonce' | CarriedOn>>;

export type EntryState = Entry['state'];

export const entryStates = entrySchema.options.map((option) => option.shape.state.value);
export type EventState = 'pending' | EntryState;

const finalStates = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'] as const;
type FinalState = (typeof finalStates)[number];

export const isFinal = (state: EventState): state is FinalState =>
  (finalStates as readonly EventState[]).includes(state);

/** Neither final nor going to run: it is on the attention list until an operator repairs it. */
export const needsRepair = (state: EventState): boolean => state === 'failed' || state === 'quarantined';

/** At rest: nothing happens to the event until an operator or its sender asks for it. */
export const isAtRest = (state: EventState): boolean => isFinal(state) || needsRepair(state);

/** @throws {UnreadableItem} */
export const parseEntry = (item: Record<string, unknown>): Entry => readable(entrySchema, item);

/** What an entry takes over from the one before, unless its author decides otherwise. */
type CarriedOn = 'generation' | 'replay' | 'attempt';

export const following = (newest: Entry | undefined): Pick<Entry, 'number' | CarriedOn> => ({
  number: (newest?.number ?? 0) + 1,
  generation: newest?.generation ?? 0,
  replay: newest?.replay ?? 0,
  attempt: newest?.attempt ?? 0,
});
