import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** How likely it is, at each effect, that something goes wrong. */
export interface ActorFaults {
  readonly crash: number;
  readonly pause: number;
  readonly longestPauseMs: number;
  readonly longestLatencyMs: number;
  /** How many effects take long. */
  readonly slow: number;
}

export interface ActorWorld {
  readonly scheduler: Scheduler;
  readonly faults: () => ActorFaults;
  readonly trace: (line: string) => void;
}

/**
 * A process: whatever it waits for, it waits for here. Where it crashes, its promises are never settled and nobody hears of it again;
 * what it had sent by then still arrives.
 */
export class Actor {
  readonly name: string;
  readonly skewMs: number;
  readonly random: Random;
  readonly #world: ActorWorld;
  readonly #onDeath: () => void;
  readonly #onPause: (until: number) => void;
  readonly #isInstant: boolean;
  #isAlive = true;
  #pausedUntil = 0;

  constructor(
    name: string,
    world: ActorWorld,
    options: {
      readonly random: Random;
      readonly skewMs?: number;
      readonly onDeath?: () => void;
      readonly onPause?: (until: number) => void;
      /** Its effects take no time, and nothing goes wrong with them: for histories that have healed. */
      readonly isInstant?: boolean;
    },
  ) {
    this.name = name;
    this.random = options.random.fork(name);
    this.skewMs = options.skewMs ?? 0;
    this.#isInstant = options.isInstant ?? false;
    this.#world = world;
    this.#onDeath = options.onDeath ?? (() => undefined);
    this.#onPause = options.onPause ?? (() => undefined);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** What its own clock says. */
  now = (): Date => new Date(this.#world.scheduler.now + this.skewMs);

  sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.#world.scheduler.after(ms, () => {
        this.#goOn(resolve);
      });
    });

  /** Asks somebody else for something: sent, applied there at one instant, answered; each way takes its time. */
  effect<T>(what: string, apply: () => T, onSent: () => void = () => undefined): Promise<T> {
    const { scheduler, trace } = this.#world;
    return new Promise((resolve, reject) => {
      if (!this.#isAlive) return;
      if (this.#isInstant) {
        onSent();
        outcomeOf(apply, resolve, reject)();
        return;
      }
      if (this.#crashes()) {
        trace(`${this.name} crashes before ${what}`);
        this.kill();
        return;
      }
      onSent();
      scheduler.after(this.#latencyMs(), () => {
        const settle = outcomeOf(apply, resolve, reject);
        if (this.#isAlive && this.#crashes()) {
          trace(`${this.name} crashes after ${what}`);
          this.kill();
          return;
        }
        this.#perhapsPause(what);
        scheduler.after(this.#latencyMs(), () => {
          this.#goOn(settle);
        });
      });
    });
  }

  /** It has done what it was there for. */
  end(): void {
    this.#isAlive = false;
  }

  kill(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#onDeath();
  }

  /** Lambda ends an invocation that takes too long; one that is frozen at that moment goes on later, none the wiser. */
  killUnlessPaused(): boolean {
    if (!this.#isAlive || this.#pausedUntil > this.#world.scheduler.now) return false;
    this.kill();
    return true;
  }

  #goOn(resume: () => void): void {
    if (!this.#isAlive) return;
    const { scheduler } = this.#world;
    if (this.#pausedUntil <= scheduler.now) {
      resume();
      return;
    }
    scheduler.at(this.#pausedUntil, () => {
      this.#goOn(resume);
    });
  }

  #crashes(): boolean {
    return this.random.chance(this.#world.faults().crash);
  }

  #perhapsPause(what: string): void {
    const { pause, longestPauseMs } = this.#world.faults();
    if (!this.#isAlive || !this.random.chance(pause)) return;
    const ms = this.random.spread(1000, longestPauseMs);
    this.#world.trace(`${this.name} is paused for ${ms} ms after ${what}`);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#world.scheduler.now + ms);
    this.#onPause(this.#pausedUntil);
  }

  #latencyMs(): number {
    const { longestLatencyMs, slow } = this.#world.faults();
    return this.random.chance(slow) ? this.random.int(1, longestLatencyMs) : this.random.int(0, 5);
  }
}

function outcomeOf<T>(
  apply: () => T,
  resolve: (value: T) => void,
  reject: (error: Error) => void,
): () => void {
  try {
    const value = apply();
    return () => {
      resolve(value);
    };
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return () => {
      reject(failure);
    };
  }
}
