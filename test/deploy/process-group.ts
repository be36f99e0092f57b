import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a process that was started `detached`, with everything that it started. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  signal('SIGTERM', -child.pid);
  await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
  // What did not listen, and what it left behind.
  signal('SIGKILL', -child.pid);
}

function signal(name: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, name);
  } catch {
    // The group has ended.
  }
}
