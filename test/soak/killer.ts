import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../simulation/random.ts';
import type { RunningCloud } from './running-cloud.ts';

/** How often each is killed, in relation to the others. */
const weights = {
  processor: 45,
  ingest: 14,
  'dead-letter': 13,
  sweeper: 10,
  database: 9,
  ops: 6,
  cloud: 3,
} as const;
export type Victim = keyof typeof weights;

/** Ends processes of the cloud at random moments (SIGKILL), until so many are dead or the time is over. Counts only those that lived. */
export async function killAtRandom(
  cloud: RunningCloud,
  options: {
    readonly kills: number;
    readonly deadline: number;
    readonly random: Random;
    readonly onKill: (kills: ReadonlyMap<Victim, number>) => void;
  },
): Promise<ReadonlyMap<Victim, number>> {
  const { kills, deadline, random, onKill } = options;
  const killed = new Map<Victim, number>();
  let count = 0;
  while (count < kills && Date.now() < deadline) {
    // What is left of the time, shared out among what is left to do.
    const meanMs = Math.min(5000, (deadline - Date.now()) / (kills - count));
    await sleep(meanMs * 1.6 * random.next());
    const victim = random.weighted<Victim>(weights);
    if (!(await kill(cloud, victim, random))) continue;
    count += 1;
    killed.set(victim, (killed.get(victim) ?? 0) + 1);
    onKill(killed);
  }
  return killed;
}

/** Whether there was anything to kill. */
async function kill(cloud: RunningCloud, victim: Victim, random: Random): Promise<boolean> {
  if (victim === 'cloud') {
    await cloud.kill();
    await cloud.start();
    return true;
  }
  const endpoints = cloud.endpoints();
  const pids = victim === 'database' ? [endpoints?.databasePid] : (endpoints?.functionPids[victim] ?? []);
  const pid = pids[random.int(0, Math.max(0, pids.length - 1))];
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It has just died of something else.
    return false;
  }
}
