import { isFinal, type Entry, type FinalState } from '../ledger/entry.ts';
import type { EventRecord } from '../ledger/ledger.ts';

/** What the queue says of the message: generation and copy are in its body; a move task keeps both and changes the message id. */
export interface ReceivedCopy {
  readonly generation: number;
  readonly copy: string;
  readonly messageId: string;
}

export interface AttemptRules {
  readonly execution: 'at-least-once' | 'at-most-once';
  readonly attempts: number;
}

export type Decision =
  | { readonly kind: 'final'; readonly state: FinalState; readonly lateCopy: boolean }
  /** The message goes to the dead-letter queue, where it belongs: SQS moves it once its receives are used up. */
  | { readonly kind: 'pass-on' }
  /** Another copy of a failed event's message, or one from before it was put back: nothing rests on it. */
  | { readonly kind: 'spare' }
  | { readonly kind: 'later'; readonly at: Date; readonly because: 'lease' | 'delay' }
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'fail'; readonly cause: 'lease-expired' | 'body-expired' }
  | { readonly kind: 'run'; readonly attempt: number; readonly redriven: boolean };

/** What to do with a message, from the newest entry of its event alone. Whether the lane lets it run is asked after that. */
export function decide(
  { event, entries }: EventRecord,
  message: ReceivedCopy,
  rules: AttemptRules,
  now: Date,
): Decision {
  const newest = entries.at(-1);
  if (newest && isFinal(newest.state)) {
    const first = entries[0];
    const lateCopy = event !== undefined && first !== undefined && event.acceptedAt > first.at;
    return { kind: 'final', state: newest.state, lateCopy };
  }
  const isAtRest = newest?.state === 'failed' || newest?.state === 'quarantined';
  // Its own message is on its way, in its place in the lane; an old one that is delivered late would run it beside its lane.
  if (newest && !isAtRest && message.generation < newest.generation) return { kind: 'spare' };
  const hasBody = event !== undefined && event.expiresAt > now;
  const run = (redriven: boolean): Decision =>
    hasBody
      ? { kind: 'run', attempt: redriven ? 1 : (newest?.attempt ?? 0) + 1, redriven }
      : { kind: 'fail', cause: 'body-expired' };
  switch (newest?.state) {
    case 'failed':
    case 'quarantined':
      // Once its body is gone only an operator closes it: a redrive would fail again for the same reason.
      if (newest.copy !== message.copy) return { kind: 'spare' };
      return isKnown(message.messageId, entries) || !hasBody ? { kind: 'pass-on' } : run(true);
    case 'processing':
      if (newest.leaseUntil > now) return { kind: 'later', at: newest.leaseUntil, because: 'lease' };
      if (rules.execution === 'at-most-once') return { kind: 'quarantine' };
      return newest.attempt < rules.attempts ? run(false) : { kind: 'fail', cause: 'lease-expired' };
    case 'retrying':
      return newest.nextAt > now ? { kind: 'later', at: newest.nextAt, because: 'delay' } : run(false);
    case 'waiting':
    case 'reopened':
    case undefined:
      return run(false);
    case 'processed':
    case 'ignored':
    case 'superseded':
    case 'discarded':
    case 'resolved':
      throw new Error(`unreachable: ${newest.state} is final`);
  }
}

/** A move task makes a message that no entry has named: one that was moved before may still be delivered, by a process that was frozen. */
const isKnown = (messageId: string, entries: readonly Entry[]): boolean =>
  entries.some((entry) => 'messageId' in entry && entry.messageId === messageId);
