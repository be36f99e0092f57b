import * as z from 'zod';
import { eventKey, parseEventKey, shardOf, type EventKey } from '../ledger/keys.ts';
import { dueShards } from './due.ts';

/** What the events of a source pass before their handler runs. One that was never closed has no item. */
const gateSchema = z.object({
  /** Of the source. */
  name: z.string(),
  version: z.string(),
  isPaused: z.boolean(),
  /** When it was paused, or resumed, by whom and why. */
  at: z.coerce.date(),
  actor: z.string(),
  reason: z.string(),
});

export type Gate = z.infer<typeof gateSchema> & {
  /** Its item is damaged, or of a newer version: it counts as paused until an operator pauses or resumes it anew. */
  readonly isUnreadable?: boolean;
};

/** The item of a gate. One that cannot be read costs its own source alone. */
export function parseGate(item: Record<string, unknown>): Gate {
  const parsed = gateSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const unknown = { version: '', at: new Date(0), actor: 'unknown', reason: 'its gate cannot be read' };
  return { ...unknown, name: String(item['sk']), isPaused: true, isUnreadable: true };
}

/** All gates stand in one partition, so that one small query reads them. */
export const gatePartition = 'GATE';

export const gateKey = (name: string) => ({ pk: gatePartition, sk: name });

/** Whoever lets events run has heard of a change of a gate after this long. */
export const heardWithinSeconds = 5;

/** Under which the audit has what is done to a source as a whole. No source has a name like that. */
export const sourceKey = (name: string): EventKey => eventKey('SOURCE', name);

/**
 * Partition of the index of what is due in which the lanes of a source stand that wait at its gate. Nobody looks at them before it is
 * open.
 */
export const stoppedPartition = (name: string, shard: number): string => `GATE#${name}#${shard}`;

/** The attributes by which a lane that waits at its gate since then is found when that opens. */
export const stoppedAttributes = (lane: string, since: Date): { due: string; dueAt: string } => ({
  due: stoppedPartition(gateOf(lane), shardOf(lane, dueShards)),
  dueAt: since.toISOString(),
});

/** The gate that the events of a lane pass. */
export const gateOf = (lane: string): string => parseEventKey(lane)?.source ?? '';
