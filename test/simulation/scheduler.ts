import type { Random } from './random.ts';

interface Planned {
  readonly at: number;
  /** Decides who goes first among those due in the same millisecond. */
  readonly tie: number;
  readonly act: () => void;
}

/**
 * Lets all promises that are settled run on, until they wait for the scheduler again. It is what Node itself does between two immediates,
 * without a round of its event loop for each step.
 */
const { _tickCallback: settlePromises } = process as typeof process & { readonly _tickCallback: () => void };

/**
 * Virtual time and who goes on next. Everything that waits in a simulated world waits here; one thing is let go at a time, and everything
 * that follows from it up to its next wait is finished before the next one is let go. Real time, real timers and real I/O have no part.
 */
export class Scheduler {
  now: number;
  readonly #random: Random;
  readonly #heap: Planned[] = [];
  steps = 0;

  constructor(startAt: number, random: Random) {
    this.now = startAt;
    this.#random = random;
  }

  after(delayMs: number, act: () => void): void {
    this.#push({ at: this.now + Math.max(0, Math.round(delayMs)), tie: this.#random.next(), act });
  }

  at(time: number, act: () => void): void {
    this.after(time - this.now, act);
  }

  /** Runs until `time`, or until nothing is left to do before it. */
  async runUntil(time: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      // From an immediate: nothing lets promises run on while others of them do.
      setImmediate(() => {
        try {
          for (let next = this.#due(time); next !== undefined; next = this.#due(time)) {
            this.now = Math.max(this.now, next.at);
            this.steps++;
            next.act();
            settlePromises();
          }
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    this.now = Math.max(this.now, time);
  }

  /** Takes out what is next, if its time comes until then. */
  #due(time: number): Planned | undefined {
    const next = this.#heap[0];
    if (next === undefined || next.at > time) return undefined;
    this.#pop();
    return next;
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.push(planned) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(planned, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = planned;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      const right = heap[child + 1];
      if (!left) break;
      let smaller = left;
      if (right && isBefore(right, left)) {
        smaller = right;
        child++;
      }
      if (!isBefore(smaller, last)) break;
      heap[at] = smaller;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.tie < b.tie);
