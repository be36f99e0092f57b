import { longestInQueueSeconds } from '../lane/due.ts';
import type { Disposition } from './deps.ts';

/** Makes the message visible again at that time, or after two minutes if that is earlier. */
export const later = (at: Date, now: Date): Disposition => ({
  kind: 'later',
  afterSeconds: Math.min(
    longestInQueueSeconds,
    Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000)),
  ),
});
