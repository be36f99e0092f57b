import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process is stopped by a signal. False where the system does not tell (it has no /proc). */
export async function isPaused(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The state follows the name, which is in parentheses and may contain any character.
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'T';
  } catch {
    return false;
  }
}

/** Resolves when the process runs again or is gone. */
export async function untilResumed(pid: number): Promise<void> {
  while (await isPaused(pid)) await sleep(100);
}
