import type { MessageCounts } from './message-store.ts';

/** Without it the counts are exact. `random` returns numbers from 0 up to 1. */
export type CountsOptions = {
  random: () => number;
  /** How old a count may be; SQS says "about a minute" (GetQueueAttributes). Default 60. */
  lagSeconds?: number;
  /** By which share a count may be wrong, up or down; default 0.2. */
  blur?: number;
};

type Seen = { at: number; counts: MessageCounts };

/**
 * What GetQueueAttributes tells of a queue. SQS counts on many machines that know of each other's messages later: each figure may
 * be from another moment of the last minute, and not quite right. A queue is older than the first look at it, so it may have been empty.
 */
export class ApproximateCounts {
  readonly #options: CountsOptions | undefined;
  readonly #seen = new Map<string, Seen[]>();

  constructor(options: CountsOptions | undefined) {
    this.#options = options;
  }

  reported(queue: string, counts: MessageCounts, now: number): MessageCounts {
    if (this.#options === undefined) return counts;
    const { random, lagSeconds = 60, blur = 0.2 } = this.#options;
    const known = this.#seen.get(queue) ?? [{ at: now, counts: { visible: 0, inFlight: 0, delayed: 0 } }];
    const seen = [...known.filter(({ at }) => at >= now - lagSeconds * 1000), { at: now, counts }];
    this.#seen.set(queue, seen);
    const told = (figure: keyof MessageCounts): number => {
      const moment = seen[Math.floor(random() * seen.length)]?.counts ?? counts;
      return Math.round(moment[figure] * (1 + (2 * random() - 1) * blur));
    };
    return { visible: told('visible'), inFlight: told('inFlight'), delayed: told('delayed') };
  }
}
