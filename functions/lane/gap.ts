import { sooner } from './due.ts';
import type { LaneState } from './lane.ts';

/** Until when events of a lane wait for something that is missing, and the last of them. */
export type Gap = Pick<LaneState, 'gapUntil' | 'gapUpTo'>;

/** A gap is over with the last event that waits in it: an event that parks later gets the whole time. */
export const noGap = { gapUntil: undefined, gapUpTo: undefined } satisfies Gap;

/** Sorts behind every position. Version 0.1.0 did not write down who is the last. */
const behindAll = '~';

export const gapOf = ({ gapUntil, gapUpTo = behindAll }: LaneState): Gap =>
  gapUntil === undefined ? noGap : { gapUntil, gapUpTo };

export const joined = (a: Gap, b: Gap): Gap => ({
  gapUntil: sooner(a.gapUntil, b.gapUntil),
  gapUpTo: greater(a.gapUpTo, b.gapUpTo),
});

/** The greater of two numbers or positions; undefined is none. */
export const greater = <T extends number | string>(a: T | undefined, b: T | undefined): T | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
