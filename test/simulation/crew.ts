import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './worker.ts';

export interface CrewOptions {
  readonly workers: number;
  readonly fault: string;
  readonly scenario: string;
  /** A version that was kept, which runs beside the one that is here; '' for none. */
  readonly beside?: string;
  /** The next histories to play; undefined when there are no more. */
  readonly next: () => Order | undefined;
  /** False: stop. */
  readonly onReport: (report: Report) => boolean;
}

// What a step leaves behind is garbage soon: fewer, larger collections take a quarter of the time, from the first one on.
const execArgv = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Plays histories in several processes, until there are no more or somebody has seen enough. */
export async function playInCrew({
  workers,
  fault,
  scenario,
  beside = '',
  next,
  onReport,
}: CrewOptions): Promise<void> {
  let isStopped = false;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(worker, [fault, scenario, beside], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        execArgv,
      });
      const hand = (): void => {
        const order = isStopped ? undefined : next();
        if (order) child.send(order);
        else leave(child);
      };
      child.on('message', (report: Report) => {
        if (!isStopped && !onReport(report)) isStopped = true;
        hand();
      });
      child.once('error', reject);
      child.once('exit', (code) => {
        if (code === 0 || code === null) resolve();
        else reject(new Error(`a process that played histories ended with ${code}`));
      });
      hand();
    });
  await Promise.all(Array.from({ length: workers }, work));
}

function leave(child: ChildProcess): void {
  if (child.connected) child.disconnect();
}
