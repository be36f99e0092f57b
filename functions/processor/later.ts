import type { Disposition } from './deps.ts';

/** An event that has to wait longer than this leaves the queue: it waits in the ledger, and the sweeper sends it. */
export const longestInQueueSeconds = 120;

/** Makes the message visible again at that time, or after two minutes if that is earlier. */
export const later = (at: Date, now: Date): Disposition => ({
  kind: 'later',
  afterSeconds: Math.min(
    longestInQueueSeconds,
    Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000)),
  ),
});
