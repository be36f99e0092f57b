import type { Random } from './random.ts';

interface Planned {
  readonly at: number;
  /** Decides who goes first among those due in the same millisecond. */
  readonly tie: number;
  readonly act: () => void;
}

const stepsARound = 64;

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
      let isOver = false;
      const step = (): void => {
        const next = this.#heap[0];
        isOver ||= next === undefined || next.at > time;
        if (isOver || next === undefined) {
          resolve();
          return;
        }
        this.#pop();
        this.now = Math.max(this.now, next.at);
        this.steps++;
        try {
          next.act();
        } catch (error) {
          isOver = true;
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      // Before each immediate Node lets all promises that were settled run on, until they wait for the scheduler again. Many in one round
      // of its event loop cost less than one each.
      const round = (): void => {
        if (isOver) return;
        for (let steps = 0; steps < stepsARound; steps++) setImmediate(step);
        setImmediate(round);
      };
      round();
    });
    this.now = Math.max(this.now, time);
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
      const [left, right] = [heap[child], heap[child + 1]];
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
