import { after, longestInQueueSeconds } from '../lane/due.ts';
import { isAtRest, type Entry } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import type { AttemptRules } from './received-event.ts';

export type Decision =
  /** Acknowledge: the event is at rest, was put back since (with a message of its own), or is sent later by the sweeper. */
  | { readonly kind: 'stale'; readonly lateCopy: boolean }
  | { readonly kind: 'later'; readonly at: Date }
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'fail'; readonly cause: 'lease-expired' | 'body-expired' }
  /** The body of a failed event had expired and the sender sent it again: a redelivery, which starts another attempt. */
  | { readonly kind: 'reopen' }
  | Run;

export interface Run {
  readonly kind: 'run';
  readonly attempt: number;
  readonly event: StoredEvent;
}

/** Since the event last came to rest. A probe uses none up. */
export const attemptsUsed = (newest: Entry | undefined): number =>
  newest?.state === 'processing' && newest.isProbe === true ? newest.attempt - 1 : (newest?.attempt ?? 0);

/** Decides about a message from the newest entry of its event alone. Whether the lane lets it run is decided after that. */
export function decide(
  { event, entries }: EventRecord,
  { generation }: { readonly generation: number },
  rules: AttemptRules,
  now: Date,
): Decision {
  const newest = entries.at(-1);
  const lateCopy = event !== undefined && entries[0] !== undefined && event.acceptedAt > entries[0].at;
  // Its own message is on its way, in its place in the lane; an old one that is delivered late would run it beside its lane. The message
  // of a copy counts from 0 again, also where its event has failed since it was put back.
  if (newest && !isAtRest(newest.state) && generation < newest.generation)
    return { kind: 'stale', lateCopy: false };
  const hasBody = event !== undefined && event.expiresAt > now;
  const used = attemptsUsed(newest);
  const run: Decision = hasBody
    ? { kind: 'run', attempt: used + 1, event }
    : { kind: 'fail', cause: 'body-expired' };
  switch (newest?.state) {
    case 'failed':
    case 'quarantined': {
      const cameAfter = hasBody && event.acceptedAt > newest.at;
      const isSafe =
        rules.execution === 'at-least-once' || !entries.some(({ state }) => state === 'processing');
      const asks = cameAfter && isSafe;
      return asks ? { kind: 'reopen' } : { kind: 'stale', lateCopy: cameAfter };
    }
    case 'processing':
      if (newest.leaseUntil > now) return { kind: 'later', at: newest.leaseUntil };
      if (rules.execution === 'at-most-once') return { kind: 'quarantine' };
      return used < rules.retry.attempts ? run : { kind: 'fail', cause: 'lease-expired' };
    case 'retrying':
      if (newest.nextAt <= now) return run;
      // The sweeper sends what is parked when it is due by its own clock, which may be ahead.
      return newest.parked && newest.nextAt > after(now, longestInQueueSeconds)
        ? { kind: 'stale', lateCopy: false }
        : { kind: 'later', at: newest.nextAt };
    case 'waiting':
    case 'reopened':
    case undefined:
      return run;
    case 'processed':
    case 'ignored':
    case 'superseded':
    case 'discarded':
    case 'resolved':
      return { kind: 'stale', lateCopy };
  }
}
