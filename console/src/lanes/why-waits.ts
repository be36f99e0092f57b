import type { Lane } from '../api/wire.ts';

export type Waiting = NonNullable<Lane['firstWaiting']>[number];

/** Why an event of a lane does not run yet, in a few words. `place`: 0 is the first that waits. */
export function whyWaits({ needs = [], sequence }: Waiting, place: number, { turn, next }: Lane): string {
  if (needs.length > 0) return `waits for ${needs.join(', ')}`;
  const isBehindGap = turn === undefined && sequence !== undefined && (next === undefined || sequence > next);
  if (!isBehindGap) return 'waits for its turn';
  if (place > 0) return 'waits for those before it';
  return next === undefined ? 'waits for the number before it' : `waits for number ${next}`;
}
