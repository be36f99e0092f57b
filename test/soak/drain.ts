import { setTimeout as sleep } from 'node:timers/promises';
import { databaseAt } from '../../bench/database-at.ts';
import { leftOver } from './left-over.ts';
import type { Operators } from './operators.ts';
import type { RunningCloud } from './running-cloud.ts';
import { countMessages, readState } from './stored.ts';

/** As long as the sweeper may need by the clock: its first look at an event is after five minutes. */
const patienceMs = 7 * 60_000;
/** Then its clock goes faster: by this much each time that nothing is left but what it leaves alone for longer. */
const stepMs = 15 * 60_000;
const everyMs = 5000;

/**
 * Redrives what needs somebody until nothing is left, in queues, lanes and lists. Nothing is left alone for longer than a few minutes;
 * only what was lost twice within an hour waits for the sweeper's clock.
 */
export async function drain(
  cloud: RunningCloud,
  operators: Operators,
  options: {
    readonly deadline: number;
    readonly putAhead: (ms: number) => void;
    readonly say: (text: string) => void;
  },
): Promise<boolean> {
  const { deadline, putAhead, say } = options;
  const startedAt = Date.now();
  let emptyLooks = 0;
  let aheadMs = 0;
  for (let look = 0; Date.now() < deadline; look++) {
    await sleep(everyMs);
    for (const { event } of (await operators.attention()) ?? []) await operators.act(event, 'redrive');
    const left = await lookFor(cloud);
    if (left === undefined) continue;
    // Twice, a sweep apart: an event that nobody has found yet leaves no trace in queues and lanes.
    emptyLooks = left.length === 0 ? emptyLooks + 1 : 0;
    const isPatient = Date.now() - startedAt < patienceMs;
    if (emptyLooks >= 2 && !isPatient) return true;
    if (look % 6 === 0)
      say(`${left.length} things are left${left[0] === undefined ? '' : `, such as: ${left[0]}`}`);
    if (!isPatient && left.length > 0 && look % 6 === 0) {
      aheadMs += stepMs;
      say(`the sweeper's clock goes ahead by ${aheadMs / 60_000} minutes`);
      putAhead(aheadMs);
    }
  }
  return false;
}

async function lookFor(cloud: RunningCloud): Promise<readonly string[] | undefined> {
  const endpoints = cloud.endpoints();
  if (!endpoints) return undefined;
  const dynamodb = databaseAt(endpoints.dynamodb);
  try {
    return leftOver({ state: await readState(dynamodb), messages: await countMessages(endpoints) });
  } catch {
    return undefined;
  } finally {
    dynamodb.destroy();
  }
}
