import * as z from 'zod';

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
  /** Tells a write whose answer was lost from another's. */
  nonce: z.string(),
  /** In entry 1 only: outlives the EVENT item. */
  lane: z.string().optional(),
  /** This write put or left the lane's turn on the event: whoever ends it has to pass the turn on, whatever the source's rules are by then. */
  hasTurn: z.boolean().optional(),
};

const recordedError = z.object({ name: z.string(), message: z.string() });
export type RecordedError = z.infer<typeof recordedError>;

/** The message an attempt came from: tells an operator's redrive from a spare message. */
const message = { messageId: z.string(), copy: z.string() };

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
    ...message,
    state: z.literal('processing'),
    leaseUntil: z.coerce.date(),
    worker: z.string(),
    /** An operator moved the event back from the dead-letter queue. */
    redriven: z.boolean().optional(),
    /** SQS will not deliver the message again: attention was asked for before the attempt ran. */
    lastReceive: z.boolean().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('retrying'),
    nextAt: z.coerce.date(),
    error: recordedError,
    durationMs: z.number().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('waiting'),
    position: z.string(),
    reason: z.string(),
    /** An operator moved the event back, and its lane was busy. */
    redriven: z.boolean().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('reopened'),
    by: z.enum(['redelivery', 'redrive', 'replay']),
    reason: z.string().optional(),
  }),
  z.object({
    ...common,
    state: z.literal('processed'),
    /** At most 4 KB. Stored as text: DynamoDB takes neither every number nor every depth that JSON has. */
    result: z
      .string()
      .transform((json): unknown => JSON.parse(json))
      .optional(),
    durationMs: z.number(),
  }),
  z.object({ ...common, state: z.literal('ignored'), reason: z.string(), durationMs: z.number() }),
  z.object({ ...common, state: z.literal('superseded'), reason: z.string(), comparedTo: z.string() }),
  z.object({
    ...common,
    messageId: z.string().optional(),
    copy: z.string().optional(),
    state: z.literal('failed'),
    cause: z.enum(failureCauses),
    error: recordedError.optional(),
    durationMs: z.number().optional(),
  }),
  z.object({ ...common, ...message, state: z.literal('quarantined'), error: recordedError.optional() }),
  z.object({ ...common, state: z.literal('discarded'), reason: z.string() }),
  z.object({ ...common, state: z.literal('resolved'), reason: z.string() }),
]);

/** One numbered change of state of an event. The newest one is its state; its number is the fencing token. */
export type Entry = z.infer<typeof entrySchema>;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a caller decides of an entry; the ledger adds the rest. A caller that may append it twice gives it its nonce. */
export type NewEntry = Without<Entry, 'at' | 'nonce'> & { readonly nonce?: string };

export type EntryState = Entry['state'];
export type EventState = 'pending' | EntryState;

const finalStates = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'] as const;
export type FinalState = (typeof finalStates)[number];

export const isFinal = (state: EventState): state is FinalState =>
  (finalStates as readonly EventState[]).includes(state);

/** At rest: nothing happens to the event until somebody wants it to. */
export const isAtRest = (state: EventState): boolean =>
  isFinal(state) || state === 'failed' || state === 'quarantined';

export const parseEntry = (item: Record<string, unknown>): Entry => entrySchema.parse(item);

/** Whether an attention item stands for the event: since it was last reopened or final, something asked for it. */
export function asksForAttention(entries: readonly Entry[]): boolean {
  let asked = false;
  for (const entry of entries) {
    if (isFinal(entry.state) || entry.state === 'reopened') asked = false;
    else if (entry.state === 'failed' || entry.state === 'quarantined') asked = true;
    else if (entry.state === 'processing' && entry.lastReceive === true) asked = true;
  }
  return asked;
}

/** What every next entry takes over from the newest one. */
export function following(
  newest: Entry | undefined,
): Pick<NewEntry, 'number' | 'generation' | 'replay' | 'attempt'> {
  return {
    number: (newest?.number ?? 0) + 1,
    generation: newest?.generation ?? 0,
    replay: newest?.replay ?? 0,
    attempt: newest?.attempt ?? 0,
  };
}
