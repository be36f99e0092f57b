import { availableParallelism } from 'node:os';
import { reasonOf } from '../start-error.ts';
import { FunctionInstance, type FunctionSpec } from './function-instance.ts';
import { failed, type Outcome } from './function-outcome.ts';
import { idleShareMeter } from './idle-processors.ts';

interface Waiting {
  readonly event: unknown;
  readonly since: number;
  readonly resolve: (outcome: Outcome) => void;
}

export interface PoolSize {
  /** Instances at the same time. */
  readonly most: number;
  /** How long one lives with nothing to do (default a minute). */
  readonly idleMs?: number | undefined;
  /** It may wait for what is not on this machine (default no). */
  readonly runsHandlers?: boolean;
}

/**
 * More instances than processors are worth their start only where those that are there wait for something, and not for a processor. So it is
 * looked, ten times a second, whether an invocation waits while processors have nothing to do. On a busy machine a start makes all others
 * slower: a few that run handlers are started when an invocation has waited a little, and more only if it has waited for long or nothing ends
 * any more.
 */
const lookEveryMs = 100;
const enoughIdleShare = 0.25;
const aFew = 4;
const waitedMs = { idle: 20, busyButFew: 50, busy: 5000 };
const stalledMs = { idle: 100, busy: 1000 };

/**
 * The instances of one function. They come while invocations wait, and go when they have had nothing to do for a minute; a pool that is kept
 * warm always has one. What ends is replaced when it is needed, the last one of a warm pool at once.
 */
export class FunctionPool {
  readonly #spec: FunctionSpec;
  readonly #most: number;
  readonly #idleMs: number;
  readonly #fewOnBusyMachine: number;
  readonly #onChange: () => void;
  readonly #instances = new Set<FunctionInstance>();
  readonly #idling = new Map<FunctionInstance, NodeJS.Timeout>();
  readonly #waiting: Waiting[] = [];
  readonly #running = new Set<Promise<Outcome>>();
  #starting = 0;
  #lastEnd = 0;
  #looking: NodeJS.Timeout | undefined;
  #isWarm = false;
  #closed = false;

  constructor(
    spec: FunctionSpec,
    { most, idleMs = 60_000, runsHandlers = false }: PoolSize,
    onChange: () => void,
  ) {
    this.#spec = spec;
    this.#most = most;
    this.#idleMs = idleMs;
    this.#fewOnBusyMachine = runsHandlers ? aFew : 0;
    this.#onChange = onChange;
  }

  /** Never rejects: what goes wrong is an outcome. */
  invoke(event: unknown): Promise<Outcome> {
    if (this.#closed) return Promise.resolve({ kind: 'refused' });
    const outcome = new Promise<Outcome>((resolve) =>
      this.#waiting.push({ event, since: performance.now(), resolve }),
    );
    this.#running.add(outcome);
    void outcome.then(() => this.#running.delete(outcome));
    this.#dispatch();
    return outcome;
  }

  /** Starts one instance now and keeps one from then on. Resolves when its code is loaded, or with the reason why it is not. */
  async warm(): Promise<Outcome | undefined> {
    this.#isWarm = true;
    return await this.#start();
  }

  pids(): number[] {
    return [...this.#instances].map((instance) => instance.pid);
  }

  /** Takes no more, lets what runs end for so long, then kills. */
  async close(drainMs: number): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const { resolve } of this.#waiting.splice(0)) resolve({ kind: 'refused' });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([Promise.all(this.#running), patience]);
    clearTimeout(timer);
    const ending = [...this.#instances];
    for (const instance of ending) this.#end(instance);
    await Promise.all(ending.map((instance) => instance.exited));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      // The oldest first, so that those beyond what is needed have nothing to do, and go.
      const idle = [...this.#instances].find((instance) => instance.isIdle);
      if (idle === undefined) break;
      const next = this.#waiting.shift();
      if (next === undefined) break;
      clearTimeout(this.#idling.get(idle));
      void idle.invoke(next.event).then((outcome) => {
        this.#lastEnd = performance.now();
        next.resolve(outcome);
        this.#idle(idle);
        this.#dispatch();
      });
    }
    this.#grow();
  }

  /** As many as there are processors start at once; beyond that it is looked whether more would help, for as long as invocations wait. */
  #grow(): void {
    this.#startUpTo(availableParallelism() - this.#present());
    if (this.#waiting.length === 0 || this.#looking !== undefined) return;
    const idleShare = idleShareMeter();
    this.#looking = setInterval(() => this.#growMore(idleShare()), lookEveryMs);
  }

  #growMore(idleShare: number): void {
    const [longest] = this.#waiting;
    if (longest === undefined || this.#closed) {
      clearInterval(this.#looking);
      this.#looking = undefined;
      return;
    }
    const now = performance.now();
    const isIdle = idleShare >= enoughIdleShare;
    const stalled = now - Math.max(this.#lastEnd, longest.since);
    const busyWait = this.#present() < this.#fewOnBusyMachine ? waitedMs.busyButFew : waitedMs.busy;
    if (stalled >= (isIdle ? stalledMs.idle : stalledMs.busy)) this.#startUpTo(this.#most);
    else if (now - longest.since < (isIdle ? waitedMs.idle : busyWait)) return;
    else if (this.#loading() === 0) this.#startUpTo(1);
  }

  /** So many more, where as many invocations wait for none that is being started. */
  #startUpTo(more: number): void {
    const wanted = Math.min(more, this.#waiting.length - this.#loading(), this.#most - this.#present());
    for (let started = 0; started < wanted; started += 1) void this.#start();
  }

  #present(): number {
    return this.#starting + [...this.#instances].filter((instance) => !instance.isRetired).length;
  }

  #loading(): number {
    return this.#starting + [...this.#instances].filter((instance) => instance.isLoading).length;
  }

  /** Resolves when it is loaded, or with the reason why it is not. */
  async #start(): Promise<Outcome | undefined> {
    this.#starting += 1;
    const code = await this.#spec
      .code()
      .catch((error: unknown) => failed('Runtime.ImportModuleError', reasonOf(error)));
    this.#starting -= 1;
    if (this.#closed) return { kind: 'refused' };
    if ('kind' in code) {
      this.#spec.log(code.message);
      this.#notLoaded(code);
      return code;
    }
    const instance = new FunctionInstance(this.#spec, code);
    this.#instances.add(instance);
    this.#onChange();
    void instance.exited.then(() => {
      this.#instances.delete(instance);
      clearTimeout(this.#idling.get(instance));
      this.#idling.delete(instance);
      this.#onChange();
      if (this.#closed) return;
      if (this.#isWarm && wasLoaded && this.#instances.size === 0) void this.#start();
      this.#dispatch();
    });
    let wasLoaded = false;
    const failure = await instance.loaded;
    wasLoaded = failure === undefined;
    if (failure === undefined) this.#idle(instance);
    else this.#notLoaded(failure);
    this.#dispatch();
    return failure;
  }

  /** As on Lambda, code that does not load fails the invocation it was started for. */
  #notLoaded(failure: Outcome): void {
    this.#waiting.shift()?.resolve(failure);
    this.#dispatch();
  }

  #idle(instance: FunctionInstance): void {
    if (!instance.isIdle) return;
    const timer = setTimeout(() => {
      if (instance.isIdle && (!this.#isWarm || this.#present() > 1)) this.#end(instance);
    }, this.#idleMs);
    this.#idling.set(instance, timer.unref());
  }

  #end(instance: FunctionInstance): void {
    clearTimeout(this.#idling.get(instance));
    instance.kill();
  }
}
