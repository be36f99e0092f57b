import type { Disposition } from './deps.ts';

/** What has to wait longer than this has no business in the queue: its lane waits in the ledger, and the sweeper sends it. */
export const longestInQueueSeconds = 120;

/** The message comes back then, or after two minutes, whichever is first. */
export const later = (at: Date, now: Date): Disposition => ({
  kind: 'later',
  afterSeconds: Math.min(
    longestInQueueSeconds,
    Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000)),
  ),
});
