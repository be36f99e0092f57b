import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  atDatabase,
  atQueues,
  pointsOf,
  startKilledCloud,
  type KilledCloud,
} from './fixtures/killed-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** With HOOKLANE_HANDED_ON=100 it is a test of a few minutes. */
const lanes = Number(process.env['HOOKLANE_HANDED_ON'] ?? 12);
const perLane = 2;
const subscribers = ['ledger', 'crm', 'mail'];
const withinMs = 60_000 + lanes * 2000;

let cloud: KilledCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => void (cloud = await startKilledCloud({ dataFolder })));
afterAll(() => cloud.close());

/** Before and after each of the calls that hand an event on. */
const pointsOfHandingOn = (id: string) =>
  [
    atDatabase('PutItem', `"shared#${id}"`, '"processing"'),
    ...subscribers.map((name) => atDatabase('PutItem', `"shared.${name}#${id}"`, '"EVENT"')),
    atQueues('SendMessageBatch', `shared.ledger#${id}`),
    atDatabase('PutItem', `"shared#${id}"`, '"processed"'),
  ].flatMap(pointsOf);

test(
  'G3, G5, G8: handing on that is killed before and after each of its writes and its send hands each event on once to each subscriber, in order',
  async () => {
    const names = Array.from({ length: lanes }, (_, lane) => ({
      entity: `entity-${lane}`,
      ids: Array.from({ length: perLane }, (_, n) => `${lane}-${n}`),
    }));
    const kills = names.flatMap(({ ids }, lane) =>
      ids.flatMap((id, n) => {
        const points = pointsOfHandingOn(id);
        const point = points[(lane + n * 5) % points.length];
        return point ? [cloud.killAt(point, withinMs)] : [];
      }),
    );

    await Promise.all(
      names.map(async ({ entity, ids }) => {
        for (const id of ids) {
          expect(await cloud.send('shared', { id, type: 'paid', entity })).toMatchObject({ status: 202 });
        }
      }),
    );

    await Promise.all(kills);
    expect(kills).toHaveLength(lanes * perLane);
    const all = names.flatMap(({ ids }) => ids);
    await cloud.untilRest(
      all.map((id) => `shared#${id}`),
      withinMs,
    );
    await cloud.untilRest(
      all.flatMap((id) => subscribers.map((name) => `shared.${name}#${id}`)),
      withinMs,
    );
    for (const { entity, ids } of names) {
      for (const name of subscribers) {
        expect([entity, name, await cloud.effectsOf(`shared#${entity} ${name}`)]).toEqual([
          entity,
          name,
          ids,
        ]);
        for (const id of ids) {
          const { entries } = await cloud.record(`shared.${name}#${id}`);
          expect([id, name, entries.map(({ state }) => state)]).toEqual([
            id,
            name,
            ['processing', 'processed'],
          ]);
        }
      }
      for (const id of ids) {
        const { entries } = await cloud.record(`shared#${id}`);
        expect(entries.at(-1)).toMatchObject({ state: 'processed', result: { subscribers } });
      }
    }
  },
  120_000 + withinMs,
);
