import type { Lane } from '../lane/lane.ts';
import { after, promisedWithinSeconds } from '../lane/due.ts';
import type { LaneRules } from '../lane/rules.ts';
import { isFinal, needsRepair, type Entry } from '../ledger/entry.ts';

/** What to do about the event that has the turn of a lane, or that is the first which has not come to rest. */
export type Verdict =
  /** Undefined: nothing, until somebody repairs it. */
  | { readonly kind: 'later'; readonly at: Date | undefined }
  /** Its message is due, or lost. */
  | { readonly kind: 'send' }
  /** The turn is on an event that will not use it. */
  | { readonly kind: 'pass-turn'; readonly released: boolean };

export interface Sight {
  readonly newest: Entry | undefined;
  /** Since when nothing stands before it: accepted, and the one before it at rest. */
  readonly since: Date;
  readonly lane: Pick<Lane, 'holdUntil'> | undefined;
  readonly rules: Pick<LaneRules, 'onExhausted'>;
  readonly visibilityTimeoutSeconds: number;
  /** It may stand in a line, behind events of other lanes. */
  readonly standsInLine: boolean;
  /** Before then it is not sent again. */
  readonly sentUntil: Date | undefined;
}

/** Pure; the order of its questions is the protocol's. */
export function judge(sight: Sight, now: Date): Verdict {
  const { newest, lane, rules } = sight;
  if (newest && isFinal(newest.state)) return { kind: 'pass-turn', released: false };
  if (newest && needsRepair(newest.state)) {
    if (rules.onExhausted === 'continue') return { kind: 'pass-turn', released: true };
    const { holdUntil } = lane ?? {};
    return holdUntil && holdUntil <= now
      ? { kind: 'pass-turn', released: true }
      : { kind: 'later', at: holdUntil };
  }
  const lostAt = lossOf(sight);
  if (lostAt > now) return { kind: 'later', at: lostAt };
  if (newest === undefined && sight.standsInLine) return { kind: 'later', at: lookAgain(sight.since, now) };
  if (sight.sentUntil && sight.sentUntil > now) return { kind: 'later', at: lookAgain(sight.since, now) };
  return { kind: 'send' };
}

/** What has not begun so long after it could have is lost, or stands in a line. The sweeper looks at no event before that. */
export const begunWithinSeconds = 120;

/** When its message is due, or whoever still meant to move the event on would have done so. */
function lossOf({ newest, since, visibilityTimeoutSeconds }: Sight): Date {
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

/** The longer something stands already, the later it is looked at again: after 5 minutes at first, after an hour at most. */
export function lookAgain(since: Date, now: Date): Date {
  const agedSeconds = (now.getTime() - since.getTime()) / 1000 / 4;
  return after(now, Math.min(latestSeconds, Math.max(soonestSeconds, agedSeconds)));
}

const hourSeconds = 3600;
const mostHours = 6;

/** Until when what was sent is not sent again: an hour, then twice as long each time, up to six. */
export function sentUntil(
  sent: Lane['sent'],
  { entry, acceptedAt }: { readonly entry: number; readonly acceptedAt: Date },
): Date | undefined {
  if (!sent || sent.entry !== entry || acceptedAt > sent.upTo) return undefined;
  return after(sent.at, hourSeconds * Math.min(mostHours, 2 ** (sent.times - 1)));
}
