import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { FromFunction, type ToFunction } from './function-messages.ts';
import { failed, type Outcome } from './function-outcome.ts';
import { isPaused, untilResumed } from './paused-process.ts';

export interface FunctionSpec {
  /** Makes the bundle that exports `handler`, and what runs it in the process. Rejects with what is wrong with its sources. */
  readonly code: () => Promise<FunctionCode>;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
}

export interface FunctionCode {
  readonly runtime: string;
  readonly bundle: string;
}

/**
 * Short-lived objects are collected every 2 MB, not every 16: a process takes a third of the memory, at the same speed. By its own thread
 * alone: on a busy machine it would wait for helpers, three times as long as the work takes.
 */
const heapOptions = ['--max-semi-space-size=2', '--no-parallel-scavenge'];

/** Loading the code may take this long. */
const initTimeoutMs = 30_000;

/** How long a process that was paused past its timeout may run on when it is resumed, before it is killed after all. */
const afterPauseMs = 5000;

/**
 * One process of a function. It runs one invocation at a time and is killed when one takes longer than the timeout. A process
 * that is paused just then is retired but not killed until it has run again for five seconds, like a machine that froze: only so
 * does what it still tries meet the fences that are there for it.
 */
export class FunctionInstance {
  readonly pid: number;
  /** Resolves when the code is loaded (undefined) or not (why not). */
  readonly loaded: Promise<Outcome | undefined>;
  readonly exited: Promise<void>;
  #state: 'loading' | 'idle' | 'busy' | 'retired' = 'loading';
  readonly #child: ChildProcess;
  readonly #spec: FunctionSpec;
  #settle: ((outcome: Outcome) => void) | undefined;

  constructor(spec: FunctionSpec, { runtime, bundle }: FunctionCode) {
    this.#spec = spec;
    this.#child = fork(runtime, [bundle], {
      env: spec.environment,
      execArgv: [...heapOptions],
      // A process group of its own: Ctrl-C is for the host, which lets invocations end.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.pid = this.#child.pid ?? -1;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', spec.log);
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', () => resolve());
    });
    this.loaded = this.#load();
  }

  get isIdle(): boolean {
    return this.#state === 'idle';
  }

  get isLoading(): boolean {
    return this.#state === 'loading';
  }

  get isRetired(): boolean {
    return this.#state === 'retired';
  }

  /** Only for an idle instance. */
  invoke(event: unknown): Promise<Outcome> {
    const { timeoutMs } = this.#spec;
    const requestId = randomUUID();
    const message: ToFunction = {
      kind: 'invoke',
      requestId,
      deadline: Date.now() + timeoutMs,
      event,
    };
    this.#state = 'busy';
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#spec.log(`${requestId} Task timed out after ${timeoutMs / 1000} seconds`);
        this.#retire();
        this.#settle?.(failed('Sandbox.Timedout', `Task timed out after ${timeoutMs / 1000} seconds`));
      }, timeoutMs);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        this.#settle = undefined;
        if (this.#state === 'busy') this.#state = 'idle';
        resolve(outcome);
      };
      this.#child.send(message, (error) => {
        if (error === null) return;
        this.kill();
        this.#settle?.(failed('Runtime.ExitError', error.message));
      });
    });
  }

  kill(): void {
    this.#state = 'retired';
    this.#child.kill('SIGKILL');
  }

  #load(): Promise<Outcome | undefined> {
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        resolve(failed('Sandbox.Timedout', `Not loaded after ${initTimeoutMs / 1000} seconds`));
        this.kill();
      }, initTimeoutMs);
      this.#child.on('message', (raw) => {
        const message = FromFunction.parse(raw);
        switch (message.kind) {
          case 'ready':
            clearTimeout(late);
            this.#state = 'idle';
            resolve(undefined);
            return;
          case 'not-loaded':
            clearTimeout(late);
            resolve(failed(message.error.type, message.error.message));
            this.kill();
            return;
          case 'returned':
            this.#settle?.({ kind: 'returned', value: message.value ?? null });
            return;
          case 'threw':
            this.#settle?.(failed(message.error.type, message.error.message));
            return;
        }
      });
      void this.exited.then(() => {
        clearTimeout(late);
        this.#state = 'retired';
        const { exitCode, signalCode } = this.#child;
        const end = failed(
          'Runtime.ExitError',
          `The process ended with ${signalCode ?? exitCode ?? 'an error'}`,
        );
        resolve(end);
        this.#settle?.(end);
      });
    });
  }

  #retire(): void {
    this.#state = 'retired';
    void isPaused(this.pid).then(async (paused) => {
      if (paused) {
        await untilResumed(this.pid);
        setTimeout(() => this.kill(), afterPauseMs).unref();
      } else this.kill();
    });
  }
}
