import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queuesBehind, startServiceFront, type ServiceFront } from './fixtures/service-front.ts';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** With HOOKLANE_HANDED_ON=100 it is a test of a few minutes. */
const lanes = Number(process.env['HOOKLANE_HANDED_ON'] ?? 12);
const perLane = 2;
const subscribers = ['ledger', 'crm', 'mail'];
/** A second more than the function may run. */
const visibilityTimeoutSeconds = 4;
const withinMs = 60_000 + lanes * 2000;

let cloud: SinkCloud;
let database: ServiceFront;
let queues: ServiceFront;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  database = await startServiceFront();
  queues = await startServiceFront();
  cloud = await startSinkCloud({
    dataFolder,
    environment: { ...queuesBehind(queues), AWS_ENDPOINT_URL_DYNAMODB: database.url },
    entries: { processor: join(import.meta.dirname, 'fixtures/says-its-pid.ts') },
  });
  database.connect(cloud.cloud.dynamodb);
  queues.connect(cloud.cloud.sqs);
  const Attributes = { VisibilityTimeout: String(visibilityTimeoutSeconds) };
  await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: cloud.cloud.queueUrl, Attributes }));
});
afterAll(async () => {
  await cloud.close();
  await database.close();
  await queues.close();
});

/** One of the calls that hand an event on, with the service that it asks. */
interface Step {
  readonly at: 'database' | 'queues';
  readonly target: string;
  readonly contains: (id: string) => readonly string[];
}

const steps: readonly Step[] = [
  { at: 'database', target: 'PutItem', contains: (id) => [`"shared#${id}"`, '"processing"'] },
  ...subscribers.map((name) => ({
    at: 'database' as const,
    target: 'PutItem',
    contains: (id: string) => [`"shared.${name}#${id}"`, '"EVENT"'],
  })),
  { at: 'queues', target: 'SendMessageBatch', contains: (id) => [`shared.ledger#${id}`] },
  { at: 'database', target: 'PutItem', contains: (id) => [`"shared#${id}"`, '"processed"'] },
];
/** Before each of them is done, and when it is done and whoever asked has not heard of it. */
const points = steps.flatMap((step) => (['request', 'answer'] as const).map((what) => ({ ...step, what })));

/** Kills whoever hands the event on, there. */
async function killAt({ at, target, contains, what }: (typeof points)[number], id: string): Promise<void> {
  const front = at === 'database' ? database : queues;
  const pid = await front.swallow({ target, contains: contains(id), what }, withinMs);
  if (pid === undefined) throw new Error('the call does not say who made it');
  process.kill(pid, 'SIGKILL');
}

test(
  'G3, G5, G8: handing on that is killed before and after each of its writes and its send hands each event on once to each subscriber, in order',
  async () => {
    const names = Array.from({ length: lanes }, (_, lane) => ({
      entity: `entity-${lane}`,
      ids: Array.from({ length: perLane }, (_, n) => `${lane}-${n}`),
    }));
    const kills = names.flatMap(({ ids }, lane) =>
      ids.flatMap((id, n) => {
        const point = points[(lane + n * 5) % points.length];
        return point ? [killAt(point, id)] : [];
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
