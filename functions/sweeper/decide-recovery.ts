import { sentBehind, type Lane } from '../lane/lane.ts';
import { after, promisedWithinSeconds } from '../lane/due.ts';
import type { LaneRules } from '../lane/lane-options.ts';
import { isFinal, needsRepair, type Entry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';

/** What to do about the event that has the turn of a lane, or about the first unfinished event of a lane without a turn. */
export type Recovery =
  /** Check again at that time. Undefined: only an operator can move it on. */
  | { readonly kind: 'later'; readonly at: Date | undefined }
  /** Its message is due, or lost. */
  | { readonly kind: 'send' }
  /** The turn is on an event that will not use it. */
  | { readonly kind: 'pass-turn'; readonly released: boolean };

export interface Observed {
  readonly newest: Entry | undefined;
  /** Since when it could run: it was accepted, and the event before it was at rest. */
  readonly since: Date;
  readonly lane: Pick<Lane, 'holdUntil'> | undefined;
  readonly rules: Pick<LaneRules, 'onExhausted'>;
  readonly visibilityTimeoutSeconds: number;
  /** It may stand in a line, behind events of other lanes. */
  readonly standsInLine: boolean;
  /** Before then it is not sent again. */
  readonly sentUntil: Date | undefined;
}

/** Pure. The order of the questions is part of the protocol. */
export function decideRecovery(observed: Observed, now: Date): Recovery {
  const { newest, lane, rules } = observed;
  if (newest && isFinal(newest.state)) return { kind: 'pass-turn', released: false };
  if (newest && needsRepair(newest.state)) {
    if (rules.onExhausted === 'continue') return { kind: 'pass-turn', released: true };
    const { holdUntil } = lane ?? {};
    return holdUntil && holdUntil <= now
      ? { kind: 'pass-turn', released: true }
      : { kind: 'later', at: holdUntil };
  }
  const lostAt = lostAtOf(observed);
  if (lostAt > now) return { kind: 'later', at: lostAt };
  if (newest === undefined && observed.standsInLine)
    return { kind: 'later', at: checkAgainAt(observed.since, now) };
  if (observed.sentUntil && observed.sentUntil > now)
    return { kind: 'later', at: checkAgainAt(observed.since, now) };
  return { kind: 'send' };
}

/** An event that could run for this long and has not begun is lost, or stands in a line. The sweeper checks no event before that. */
export const begunWithinSeconds = 120;

/** From when on its message counts as lost: it is overdue, or whoever held the event would have moved it on. */
function lostAtOf({ newest, since, visibilityTimeoutSeconds }: Observed): Date {
  switch (newest?.state) {
    case 'processing':
      return after(newest.leaseUntil, visibilityTimeoutSeconds);
    case 'retrying':
      return newest.parked ? newest.nextAt : after(newest.nextAt, visibilityTimeoutSeconds);
    case 'reopened':
      return after(newest.at, promisedWithinSeconds);
    case undefined:
      return after(since, begunWithinSeconds);
    // Handed the turn: the lane is due when its message should have come.
    case 'waiting':
    case 'processed':
    case 'ignored':
    case 'superseded':
    case 'failed':
    case 'quarantined':
    case 'discarded':
    case 'resolved':
      return since;
  }
}

const soonestSeconds = 300;
const latestSeconds = 3600;

/** When to check again: a quarter of its age from now, at least 5 minutes, at most an hour. */
export function checkAgainAt(since: Date, now: Date): Date {
  const agedSeconds = (now.getTime() - since.getTime()) / 1000 / 4;
  return after(now, Math.min(latestSeconds, Math.max(soonestSeconds, agedSeconds)));
}

const hourSeconds = 3600;
const mostHours = 6;

/** Until when what was sent is not sent again: an hour, then twice as long each time, up to six. */
export function sentUntil(
  sent: Lane['sent'],
  { key, entry, acceptedAt }: { readonly key: EventKey; readonly entry: number; readonly acceptedAt: Date },
): Date | undefined {
  const known = entry === 0 ? sentBehind(sent) : sent;
  if (known?.entry !== entry || acceptedAt > known.upTo) return undefined;
  if (known.only !== undefined && known.only !== key) return undefined;
  // Of what has begun one is sent at a time: another one may be at its entry of that number.
  if (entry > 0 && acceptedAt < known.upTo) return undefined;
  return after(known.at, hourSeconds * Math.min(mostHours, 2 ** (known.times - 1)));
}
