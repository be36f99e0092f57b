import { FunctionInstance, type FunctionSpec } from './function-instance.ts';
import type { Outcome } from './function-outcome.ts';

interface Waiting {
  readonly event: unknown;
  readonly resolve: (outcome: Outcome) => void;
}

/**
 * The processes of one function: as many as there are invocations at the same time, up to the maximum; further invocations wait.
 * A process that ends is replaced when it is needed, or at once where the pool is kept warm.
 */
export class FunctionPool {
  readonly #spec: FunctionSpec;
  readonly #maximum: number;
  readonly #onChange: () => void;
  readonly #instances = new Set<FunctionInstance>();
  readonly #waiting: Waiting[] = [];
  readonly #running = new Set<Promise<Outcome>>();
  #isWarm = false;
  #closed = false;

  constructor(spec: FunctionSpec, maximum: number, onChange: () => void) {
    this.#spec = spec;
    this.#maximum = maximum;
    this.#onChange = onChange;
  }

  /** Never rejects: what goes wrong is an outcome. */
  invoke(event: unknown): Promise<Outcome> {
    if (this.#closed) return Promise.resolve({ kind: 'refused' });
    const outcome = new Promise<Outcome>((resolve) => this.#waiting.push({ event, resolve }));
    this.#running.add(outcome);
    void outcome.then(() => this.#running.delete(outcome));
    this.#dispatch();
    return outcome;
  }

  /** Starts one process now and keeps one from then on. Resolves when its code is loaded, or with the reason why it is not. */
  async warm(): Promise<Outcome | undefined> {
    this.#isWarm = true;
    return this.#start().loaded;
  }

  pids(): number[] {
    return [...this.#instances].map((instance) => instance.pid);
  }

  /** Takes no more, lets what runs end for so long, then kills. */
  async close(drainMs: number): Promise<void> {
    this.#closed = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ kind: 'refused' });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([Promise.all(this.#running), patience]);
    clearTimeout(timer);
    const ending = [...this.#instances];
    for (const instance of ending) instance.kill();
    await Promise.all(ending.map((instance) => instance.exited));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#instances].find((instance) => instance.isIdle);
      if (idle === undefined) break;
      const next = this.#waiting.shift();
      if (next === undefined) break;
      void idle.invoke(next.event).then((outcome) => {
        next.resolve(outcome);
        this.#dispatch();
      });
    }
    const present = [...this.#instances].filter((instance) => !instance.isRetired);
    const loading = present.filter((instance) => instance.isLoading).length;
    const wanted = Math.min(this.#waiting.length - loading, this.#maximum - present.length);
    for (let started = 0; started < wanted; started += 1) this.#start();
  }

  #start(): FunctionInstance {
    const instance = new FunctionInstance(this.#spec);
    let wasLoaded = false;
    this.#instances.add(instance);
    this.#onChange();
    void instance.loaded.then((failure) => {
      wasLoaded = failure === undefined;
      // As on Lambda, code that does not load fails the invocation it was started for.
      if (failure !== undefined) this.#waiting.shift()?.resolve(failure);
      this.#dispatch();
    });
    void instance.exited.then(() => {
      this.#instances.delete(instance);
      this.#onChange();
      if (this.#closed) return;
      if (this.#isWarm && wasLoaded && this.#instances.size === 0) this.#start();
      this.#dispatch();
    });
    return instance;
  }
}
