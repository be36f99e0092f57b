import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAtRest } from '../../functions/ledger/entry.ts';
import { longestStopped } from '../../functions/lane/stopped-lanes.ts';
import {
  atDatabase,
  atQueues,
  pointsOf,
  startKilledCloud,
  type KilledCloud,
} from './fixtures/killed-cloud.ts';
import { startSink, type SinkCall } from './fixtures/sink.ts';
import { sweepByClock } from './fixtures/sweep-later.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

const entities = Array.from({ length: 8 }, (_, lane) => `entity-${lane}`);
const mostRounds = 30;
const withinMs = 300_000;
const stateTable = 'hooklane-state';

let cloud: KilledCloud;
const dataFolder = temporaryFolder();
const clockFile = join(dataFolder, 'clock');
let aheadMs = 0;

beforeAll(async () => {
  passSeconds(0);
  cloud = await startKilledCloud({
    dataFolder,
    sink: await startSink({ defaultAnswer: () => sleep(60, 200) }),
    environment: { TEST_CLOCK_FILE: clockFile },
    entries: { ingest: join(import.meta.dirname, 'fixtures/ingest-by-test-clock.ts') },
  });
});
afterAll(() => cloud.close());

/** For all functions at once. */
function passSeconds(seconds: number): void {
  aheadMs += seconds * 1000;
  // In one step: a function may look at it meanwhile.
  writeFileSync(`${clockFile}.next`, String(aheadMs));
  renameSync(`${clockFile}.next`, clockFile);
}

const slots = '"RATE#limited"';

/** Every write of an event that stops for a slot, is handed one, runs and leaves it. */
const steps = [
  atDatabase('UpdateItem', slots, 'SET #runs = :until ADD'),
  atDatabase('UpdateItem', '"BREAKER#limited"', 'if_not_exists(failures'),
  atDatabase('TransactWriteItems', '"limited#', '"because"'),
  atDatabase('UpdateItem', slots, 'SET waits'),
  atDatabase('UpdateItem', slots, 'SET #kept = :until ADD'),
  atDatabase('PutItem', '"LANE#', '"limited#'),
  atQueues('SendMessage', 'limited#'),
  atDatabase('UpdateItem', slots, 'REMOVE #before SET #new', '"#new":"runs-'),
  atDatabase('PutItem', '"limited#', '"processing"'),
  atDatabase('TransactWriteItems', '"limited#', '"processed"'),
  atDatabase('UpdateItem', slots, 'REMOVE #runs ADD'),
  atDatabase('UpdateItem', slots, 'REMOVE waits'),
];

/** Sends each of the events in its lane. */
async function workOff(round: string): Promise<void> {
  const events = entities.map((entity) => ({ id: `${entity}-${round}`, entity }));
  for (const { id, entity } of events) {
    expect(await cloud.send('limited', { id, type: 'paid', entity })).toMatchObject({ status: 202 });
  }
  await untilTheyEnd(
    events.map(({ id }) => `limited#${id}`),
    `round ${round}`,
  );
}

/** Lets time pass whenever nothing but the sweeper can go on. */
async function untilTheyEnd(events: readonly string[], what: string): Promise<void> {
  const areAtRest = async () => (await Promise.all(events.map(cloud.stateOf))).every(isAtRest);
  await until(
    async () => {
      if (await areAtRest()) return true;
      const { visible, inFlight } = await cloud.queued();
      if (visible + inFlight > 0) return false;
      passSeconds(200);
      // One that a busy machine ends is followed by the next.
      await sweepByClock(cloud.cloud, clockFile).catch(() => undefined);
      return false;
    },
    `the events of ${what} have ended`,
    withinMs,
  );
}

const atOnce = ({ startedAt }: SinkCall): number =>
  cloud.sink.calls.filter((call) => call.startedAt <= startedAt && (call.endedAt ?? Infinity) > startedAt)
    .length;

test(
  'G3, G5, G8: a source with slots whose processor is killed before and after each write around a slot runs each event once, in order, and never more at once',
  async () => {
    const points = steps.flatMap(pointsOf);
    let left = points.length;
    const killed = Promise.all(
      points.map(async (point) => {
        await cloud.killAt(point, withinMs);
        left--;
      }),
    );

    let rounds = 0;
    for (; left > 0 && rounds < mostRounds; rounds++) await workOff(String(rounds));
    await killed;
    const { Item: used } = await cloud.dynamodb.send(
      new GetCommand({
        TableName: stateTable,
        Key: { pk: 'RATE#limited', sk: 'SLOTS' },
        ConsistentRead: true,
      }),
    );
    passSeconds(200);
    // Both slots are free: neither of the two can be answered before both are there.
    const held = await Promise.all(
      entities.slice(0, 2).map(async (entity) => {
        const one = cloud.sink.hold(`limited#${entity}-last`);
        await cloud.send('limited', { id: `${entity}-last`, type: 'paid', entity });
        return await one;
      }),
    );
    for (const one of held) one.answer(200);
    // On a busy machine the first one's function may have run out of time before the second one was there.
    await untilTheyEnd(
      held.map(({ call }) => call.event),
      'the last round',
    );

    console.info(`${points.length} kills in ${rounds} rounds, ${cloud.sink.calls.length} calls`);
    for (const [lane, entity] of entities.entries()) {
      const ids = Array.from({ length: rounds }, (_, round) => `${entity}-${round}`);
      expect(await cloud.effectsOf(`limited#${entity}`)).toEqual([
        ...ids,
        ...(lane < 2 ? [`${entity}-last`] : []),
      ]);
    }
    expect(Math.max(...cloud.sink.calls.map(atOnce))).toBe(2);
    expect(used?.['used']).toBe(
      Object.keys(used ?? {}).filter((attribute) => /^(runs|kept)-/.test(attribute)).length,
    );
    expect(await longestStopped('limited', 25, { dynamodb: cloud.dynamodb, stateTable })).toEqual([]);
  },
  120_000 + withinMs,
);
