import * as z from 'zod';
import { isEventKey, type EventKey } from '../ledger/keys.ts';
import { after, later, longestInQueueSeconds, promisedWithinSeconds } from './due.ts';
import { gatePartition } from './gate.ts';

/** What a source says of its breaker. */
export interface BreakerRules {
  /** So many in a row, over all lanes, trip it. */
  readonly failures: number;
  /** How long at least from one probe to the next (default 60). */
  readonly probeSeconds?: number;
}

/**
 * The breaker of a source that asked for one. It is written when an attempt fails, and when one goes well after that. Once it has tripped no event of
 * the source runs but one at a time, the probe; one that goes well resets it.
 */
const breakerSchema = z.object({
  /** Of the source. */
  name: z.string(),
  /** Since the last attempt that went well. */
  failures: z.int().nonnegative(),
  trippedAt: z.coerce.date().optional(),
  /** No probe begins before that. */
  probeAt: z.coerce.date().optional(),
  /** The event that was let through the gate to be the next probe. */
  prober: z.custom<EventKey>(isEventKey).optional(),
  /** Its destination asked that nothing be sent before that. */
  closedUntil: z.coerce.date().optional(),
  /** Since when the lanes that it had stopped are let through. */
  resetAt: z.coerce.date().optional(),
});

export type Breaker = z.infer<typeof breakerSchema>;

const prefix = 'BREAKER#';

/** Beside the gates, so that whoever reads those knows it too. */
export const breakerKey = (name: string) => ({ pk: gatePartition, sk: prefix + name });

export const isBreaker = (item: Record<string, unknown>): boolean => String(item['sk']).startsWith(prefix);

/** Undefined where its item is damaged, or of a newer version: then it stops nothing. */
export const parseBreaker = (item: Record<string, unknown>): Breaker | undefined =>
  breakerSchema.safeParse(item).data;

/** What becomes of an event that may run but for the breaker. */
export type Encounter =
  | { readonly kind: 'run' }
  /** It may be the probe, if no other is before it. */
  | { readonly kind: 'probe' }
  /** Its message stays in the queue until then. */
  | { readonly kind: 'later'; readonly at: Date }
  | { readonly kind: 'stop'; readonly reason: string };

/** Pure. */
export function meetBreaker(breaker: Breaker | undefined, key: EventKey, now: Date): Encounter {
  const soon = after(now, longestInQueueSeconds);
  if (breaker?.trippedAt !== undefined) {
    const { prober, closedUntil = now } = breaker;
    const probeAt = later(breaker.probeAt ?? now, closedUntil);
    if (prober !== undefined && prober !== key) return { kind: 'stop', reason: tripped(breaker) };
    if (probeAt <= now) return { kind: 'probe' };
    return prober === key && probeAt <= soon
      ? { kind: 'later', at: probeAt }
      : { kind: 'stop', reason: tripped(breaker) };
  }
  if (breaker?.closedUntil === undefined || breaker.closedUntil <= now) return { kind: 'run' };
  const { closedUntil: until } = breaker;
  return until <= soon
    ? { kind: 'later', at: until }
    : { kind: 'stop', reason: `its destination asked to wait until ${until.toISOString()}` };
}

const tripped = ({ failures }: Breaker): string =>
  `the breaker of its source has tripped after ${failures} failures in a row`;

/** It has tripped, or its destination asked to wait until later than now. */
export const isClosed = ({ trippedAt, closedUntil }: Breaker, now: Date): boolean =>
  trippedAt !== undefined || (closedUntil !== undefined && closedUntil > now);

/** Whether an event is to be let through to be the next probe: none is on its way, or its message is lost. */
export const needsProber = ({ probeAt, prober }: Breaker, now: Date): boolean =>
  prober === undefined
    ? probeAt === undefined || probeAt <= after(now, longestInQueueSeconds / 2)
    : probeAt === undefined || after(probeAt, promisedWithinSeconds) <= now;

/**
 * How many lanes a run of the sweeper lets through after a reset: as many as failures trip the breaker, and each minute twice as many as in
 * the one before, so that a destination that is just back is not knocked down again.
 */
export function mostLetThrough(
  { resetAt }: Pick<Breaker, 'resetAt'>,
  { failures }: Pick<BreakerRules, 'failures'>,
  now: Date,
): number {
  if (resetAt === undefined) return Infinity;
  return failures * 2 ** Math.floor((now.getTime() - resetAt.getTime()) / 60_000);
}
