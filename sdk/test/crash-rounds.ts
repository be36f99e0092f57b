import { setTimeout as sleep } from 'node:timers/promises';
import { list } from '../src/index.ts';
import { startConsumer, type ConsumerOptions, type ConsumerProcess } from './consumer-process.ts';
import type { Charges } from './fixtures/charges.ts';
import { post } from './http-server.ts';

export const crashPoints = [
  'before-claim',
  'after-claim',
  'inside',
  'after-effect',
  'in-commit',
  'before-answer',
] as const;

export interface CrashReport {
  readonly rounds: number;
  readonly crashes: number;
  readonly lost: string[];
  readonly doubled: string[];
  readonly quarantined: string[];
  /** Events whose last copy was answered with a 2xx although there is no charge. */
  readonly falselyDone: string[];
}

/** Each round a fresh event kills its consumer at one point of the protocol; a new one gets copies until it answers for good. */
export async function crashRounds(
  charges: Charges,
  options: ConsumerOptions,
  rounds: number,
): Promise<CrashReport> {
  // The next one starts while this one dies.
  let consumer: ConsumerProcess = await startConsumer(options);
  let next = startConsumer(options);
  const done: string[] = [];
  let crashes = 0;
  try {
    for (let n = 0; n < rounds; n++) {
      const point = crashPoints[n % crashPoints.length] ?? 'inside';
      const key = `evt-${n}-${point}`;
      const first = await post(consumer.url, key, key, { 'x-die': point }).catch(() => undefined);
      if (first !== undefined && first.status < 300) done.push(key);
      // A death in the middle of a commit may come a moment after the answer.
      await Promise.race([consumer.exited, sleep(2000)]);
      crashes += 1;
      await consumer.stop();
      consumer = await next;
      next = startConsumer(options);
      for (let tries = 0; tries < 50; tries++) {
        const { status, text } = await post(consumer.url, key, key);
        if (status < 300) done.push(key);
        if (status < 300 || text.includes('quarantined')) break;
        await sleep(50);
      }
    }
  } finally {
    await consumer.stop();
    await (await next).stop();
  }
  const quarantined = (await list(charges.store, 'quarantined', { limit: 1000 })).map(({ key }) => key);
  const counts = await charges.count();
  const keys = Array.from({ length: rounds }, (_, n) => `evt-${n}-${crashPoints[n % crashPoints.length]}`);
  return {
    rounds,
    crashes,
    lost: keys.filter((key) => !counts.has(key) && !quarantined.includes(key)),
    doubled: keys.filter((key) => (counts.get(key) ?? 0) > 1),
    quarantined,
    falselyDone: [...new Set(done)].filter((key) => !counts.has(key)),
  };
}
