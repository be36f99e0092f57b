import type { SqsEngine } from './engine.ts';
import type { ReceivedMessage, ReceiveOptions } from './receive.ts';

type Waiter = { options: ReceiveOptions; resolve: (messages: ReceivedMessage[]) => void };

/** Longest time between two looks at the clock, in case it jumps. */
const maxTimerMs = 60_000;

/** Receives that wait. Nothing polls: `serve` looks after a change, and one timer when the next time is due. */
export class LongPolls {
  readonly #engine: SqsEngine;
  readonly #now: () => number;
  readonly #waiting = new Map<string, Set<Waiter>>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(engine: SqsEngine, now: () => number) {
    this.#engine = engine;
    this.#now = now;
  }

  /** Messages as soon as there are any; none after `waitMs`, or once `gone` has fired: then nothing is taken either. */
  async receive(
    queue: string,
    options: ReceiveOptions,
    waitMs: number,
    gone: AbortSignal,
  ): Promise<ReceivedMessage[]> {
    if (gone.aborted || this.#closed) return [];
    const atOnce = this.#engine.receive(queue, options);
    if (atOnce.length > 0 || waitMs <= 0) return atOnce;

    const { promise, resolve } = Promise.withResolvers<ReceivedMessage[]>();
    const waiters = this.#waitersOf(queue);
    const waiter = { options, resolve };
    // A waiter leaves its queue in the same step that answers it, or `serve` would take messages for nobody.
    const stop = (): void => {
      waiters.delete(waiter);
      resolve([]);
    };
    const timeout = setTimeout(stop, waitMs);
    gone.addEventListener('abort', stop);
    waiters.add(waiter);
    this.#arm();
    try {
      return await promise;
    } finally {
      clearTimeout(timeout);
      gone.removeEventListener('abort', stop);
    }
  }

  /** To be called after every change: hands what has become ready to those who wait, in the order they came. */
  serve(): void {
    if (this.#closed) return;
    this.#engine.advance();
    for (const [queue, waiters] of this.#waiting) {
      for (const waiter of waiters) {
        if ((this.#engine.nextReadyAt(queue) ?? Infinity) > this.#now()) break;
        const messages = this.#engine.receive(queue, waiter.options);
        if (messages.length === 0) break;
        waiters.delete(waiter);
        waiter.resolve(messages);
      }
    }
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const waiters of this.#waiting.values()) for (const waiter of waiters) waiter.resolve([]);
    this.#waiting.clear();
  }

  // What one queue's receive put into a queue already looked at (a dead-letter queue) is due at once.
  #arm(): void {
    clearTimeout(this.#timer);
    const dueAt = [this.#engine.nextMoveAt()];
    for (const [queue, waiters] of this.#waiting)
      if (waiters.size > 0) dueAt.push(this.#engine.nextReadyAt(queue));
    const nextAt = Math.min(...dueAt.filter((at) => at !== undefined));
    if (nextAt === Infinity) return;
    const delayMs = Math.min(Math.max(1, nextAt - this.#now()), maxTimerMs);
    this.#timer = setTimeout(() => this.serve(), delayMs);
  }

  #waitersOf(queue: string): Set<Waiter> {
    const waiters = this.#waiting.get(queue) ?? new Set();
    this.#waiting.set(queue, waiters);
    return waiters;
  }
}
