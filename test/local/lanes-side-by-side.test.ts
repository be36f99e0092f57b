import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { startSink, type SinkCall } from './fixtures/sink.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const handlerMs = 100;
let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  // Long and short ones take turns, so that a follower beside its predecessor would end before it.
  let calls = 0;
  const durationMs = () => (calls++ % 2 === 0 ? 1.5 : 0.5) * handlerMs;
  const sink = await startSink({ defaultAnswer: () => sleep(durationMs(), 200) });
  cloud = await startSinkCloud({ dataFolder, sink, workers: 6 });
});
afterAll(() => cloud.close());

test('G2: of 50 identical requests at once one is accepted, 49 are duplicates, and the handler runs once', async () => {
  const body = { id: 'same', type: 'paid', entity: 'customer-50' };

  const answers = await Promise.all(Array.from({ length: 50 }, () => cloud.send('open', body)));

  await cloud.untilRest(['open#same']);
  const told = answers.map(({ status, body: { status: what } }) => `${status} ${String(what)}`).sort();
  expect(told).toEqual([...Array<string>(49).fill('200 duplicate'), '202 accepted']);
  const { entries, notes } = await cloud.record('open#same');
  expect(entries.map(({ state }) => state)).toEqual(['processing', 'processed']);
  expect(notes.map(({ what, sameBody }) => ({ what, sameBody }))).toEqual(
    Array(49).fill({ what: 'duplicate', sameBody: true }),
  );
  expect(cloud.sink.of('open#same')).toHaveLength(1);
  expect(await cloud.effectsOf('open#customer-50')).toEqual(['same']);
});

test('G2: the same id with another body is a duplicate, noted as a mismatch; the first body stands', async () => {
  const first = { id: 'changed', type: 'paid', entity: 'a', amount: 1 };
  await cloud.send('open', first);

  const answer = await cloud.send('open', { ...first, entity: 'b', amount: 2 });

  expect(answer).toMatchObject({ status: 200, body: { status: 'duplicate', lane: 'open#a' } });
  await cloud.untilRest(['open#changed']);
  const { event, notes } = await cloud.record('open#changed');
  const stored = event && (await cloud.ledger.readBody(event));
  expect(stored && JSON.parse(Buffer.from(stored).toString())).toEqual(first);
  expect(notes).toMatchObject([{ what: 'duplicate', sameBody: false }]);
  expect(cloud.sink.of('open#changed')).toHaveLength(1);
});

test('G3, G4: 20 customers with 10 events each: every customer in order, several customers at the same time', async () => {
  const customers = Array.from({ length: 20 }, (_, n) => `customer-${n}`);
  const numbers = Array.from({ length: 10 }, (_, n) => n);
  const ids = (customer: string) => numbers.map((n) => `${customer}-event-${n}`);
  const isOfThese = (call: SinkCall) => call.event.includes('-event-');
  const startedAt = Date.now();

  // A customer's events stand close together in the queue: only their lane keeps them apart.
  const left = customers.values();
  const sender = async () => {
    for (const entity of left) {
      for (const id of ids(entity)) {
        expect(await cloud.send('open', { id, type: 'paid', entity })).toMatchObject({ status: 202 });
      }
    }
  };
  await Promise.all(Array.from({ length: 5 }, sender));

  await cloud.untilRest(
    customers.flatMap((customer) => ids(customer).map((id) => `open#${id}`)),
    60_000,
  );
  const tookMs = Date.now() - startedAt;
  for (const customer of customers) {
    const calls = cloud.sink.calls.filter((call) => call.event.startsWith(`open#${customer}-event-`));
    expect(calls.map(({ event }) => event)).toEqual(ids(customer).map((id) => `open#${id}`));
    for (const [at, call] of calls.slice(1).entries()) {
      expect(call.startedAt).toBeGreaterThanOrEqual(calls[at]?.endedAt ?? Infinity);
    }
    expect(await cloud.effectsOf(`open#${customer}`)).toEqual(ids(customer));
  }
  const calls = cloud.sink.calls.filter(isOfThese);
  expect(calls).toHaveLength(200);
  expect(mostAtOnce(calls)).toBeGreaterThanOrEqual(4);
  console.log(`200 handlers of ${handlerMs} ms ran in ${tookMs} ms, ${mostAtOnce(calls)} at once`);
  // Run one after the other, the handlers alone would take this long; a busy machine stretches everything but their sleep.
  expect(tookMs).toBeLessThan(200 * handlerMs);
}, 90_000);

function mostAtOnce(calls: readonly SinkCall[]): number {
  const changes = calls
    .flatMap(({ startedAt, endedAt = Infinity }) => [
      { at: startedAt, by: 1 },
      { at: endedAt, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let running = 0;
  return Math.max(...changes.map(({ by }) => (running += by)));
}
