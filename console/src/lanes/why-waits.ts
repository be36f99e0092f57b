import type { Lane } from '../api/wire.ts';

export type Waiting = NonNullable<Lane['firstWaiting']>[number];

/** Why an event of a lane does not run yet, in a few words. `place`: 0 is the first that waits. */
export function whyWaits({ needs = [], sequence }: Waiting, place: number, { turn, next }: Lane): string {
  if (needs.length > 0) return `waits for ${needs.join(', ')}`;
  if (turn !== undefined) return 'waits for its turn';
  if (sequence !== undefined && next !== undefined && sequence > next) {
    return place === 0 ? `waits for number ${next}` : 'waits for those before it';
  }
  return 'waits for its turn';
}
