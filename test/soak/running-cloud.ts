import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEndpoints, type Endpoints } from '../../local/endpoints-file.ts';

const startTimeoutMs = 60_000;

/** The local cloud as a process that may die at any moment, always on the same data. */
export class RunningCloud {
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(folder: string, environment: Record<string, string>) {
    this.#folder = folder;
    this.#environment = { ...process.env, ...environment };
  }

  /** Resolves when it is ready; starts it again where it does not get so far. */
  async start(): Promise<void> {
    const deadline = Date.now() + startTimeoutMs;
    while (Date.now() < deadline) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'cloud.ts'), this.#folder], {
        stdio: 'ignore',
        env: this.#environment,
      });
      this.#child = child;
      while (child.exitCode === null && child.signalCode === null) {
        if (this.endpoints()?.pid === child.pid) return;
        if (Date.now() > deadline) break;
        await sleep(20);
      }
    }
    throw new Error(`the cloud did not start; ${join(this.#folder, 'cloud.log')} says why`);
  }

  /** Undefined while it is not ready. Read anew each time: processes come and go. */
  endpoints(): Endpoints | undefined {
    try {
      return readEndpoints(this.#folder);
    } catch {
      return undefined;
    }
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Its functions and its database die with it. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
