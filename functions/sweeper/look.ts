import type { Lane } from '../lane/lane.ts';
import type { LaneRules } from '../lane/rules.ts';
import { longestWatchSeconds, shortestWatchSeconds, type Watch } from '../lane/watch.ts';
import { isAtRest, isFinal, type Entry } from '../ledger/entry.ts';

/** What the sweeper knows when a watch is due. */
export interface Sight {
  readonly watch: Watch;
  readonly exists: boolean;
  readonly newest: Entry | undefined;
  readonly lane: Lane | undefined;
  readonly rules: LaneRules;
  /** A waiting event: its WAIT item is in place. */
  readonly isParked: boolean;
  /** Newest entry of the event that has the turn, where that is another one. */
  readonly turnHolder: Entry | undefined;
  readonly hasBacklog: boolean;
  /** An earlier event of its lane is not at rest: it stands behind that one in the queue. */
  readonly isBehind: boolean;
  readonly visibilityTimeoutSeconds: number;
}

export type Look =
  | { readonly kind: 'remove' }
  /** Nothing to do yet. */
  | { readonly kind: 'again'; readonly at: Date; readonly intervalSeconds: number }
  /** Nobody can be waiting for it any more: its message is lost, or dead-lettered unseen. */
  | { readonly kind: 'send' }
  /** The turn is on an event that will not use it. */
  | { readonly kind: 'pass-turn'; readonly of: 'this' | 'holder'; readonly released: boolean }
  | { readonly kind: 'end-gap' };

/** What to do about a watched event. Pure; the order of its questions is the protocol's. */
export function look(sight: Sight, now: Date): Look {
  const { watch, newest, exists } = sight;
  if (newest === undefined && !exists) return { kind: 'remove' };
  if (newest && isAtRest(newest.state)) return atRest(sight, newest, now);
  if (newest && newest.number > watch.entryNumber) return again(now, shortestWatchSeconds);
  if (newest?.state === 'waiting') return unlessBacklog(waiting(sight, now), sight, now);

  const busyUntil = earliestLoss(newest, sight.visibilityTimeoutSeconds);
  if (busyUntil > now) return { kind: 'again', at: busyUntil, intervalSeconds: shortestWatchSeconds };
  if (newest === undefined && sight.isBehind) return again(now, watch.intervalSeconds);
  return unlessBacklog({ kind: 'send' }, sight, now);
}

/** What waits in the queue for a processor that is busy gets no second message. */
const unlessBacklog = (wanted: Look, { hasBacklog, watch }: Sight, now: Date): Look =>
  wanted.kind === 'send' && hasBacklog ? again(now, watch.intervalSeconds) : wanted;

/** Time after which somebody who still meant to move the event on would have done so. */
function earliestLoss(newest: Entry | undefined, visibilityTimeoutSeconds: number): Date {
  if (newest?.state === 'processing') return later(newest.leaseUntil, visibilityTimeoutSeconds);
  if (newest?.state === 'retrying') return later(newest.nextAt, visibilityTimeoutSeconds);
  return new Date(0);
}

function atRest({ watch, lane, rules }: Sight, newest: Entry, now: Date): Look {
  if (lane?.turn !== watch.key) return { kind: 'remove' };
  if (isFinal(newest.state)) return { kind: 'pass-turn', of: 'this', released: false };
  if (rules.onExhausted === 'continue') return { kind: 'pass-turn', of: 'this', released: true };
  if (lane.deadline === undefined) return { kind: 'remove' };
  if (lane.deadline <= now) return { kind: 'pass-turn', of: 'this', released: true };
  return { kind: 'again', at: lane.deadline, intervalSeconds: shortestWatchSeconds };
}

function waiting({ watch, lane, rules, isParked, turnHolder }: Sight, now: Date): Look {
  if (!isParked || lane === undefined || lane.turn === watch.key) return { kind: 'send' };
  if (lane.turn === undefined) {
    if (lane.deadline === undefined || lane.deadline <= now) return { kind: 'end-gap' };
    return { kind: 'again', at: lane.deadline, intervalSeconds: shortestWatchSeconds };
  }
  if (turnHolder && isFinal(turnHolder.state)) return { kind: 'pass-turn', of: 'holder', released: false };
  if (turnHolder && isAtRest(turnHolder.state)) {
    const holdIsOver = lane.deadline !== undefined && lane.deadline <= now;
    if (rules.onExhausted === 'continue' || holdIsOver) {
      return { kind: 'pass-turn', of: 'holder', released: true };
    }
  }
  return again(now, doubled(watch.intervalSeconds));
}

export const doubled = (intervalSeconds: number): number =>
  Math.min(longestWatchSeconds, Math.max(shortestWatchSeconds, 2 * intervalSeconds));

const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000);
const again = (now: Date, intervalSeconds: number): Look => ({
  kind: 'again',
  at: later(now, intervalSeconds),
  intervalSeconds,
});
