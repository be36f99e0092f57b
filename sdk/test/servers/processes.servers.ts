import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startConsumer, type ConsumerOptions, type ConsumerProcess } from '../consumer-process.ts';
import { crashRounds } from '../crash-rounds.ts';
import { openCharges, type Charges } from '../fixtures/charges.ts';
import { causeOf, post, type Sent } from '../http-server.ts';
import { startServers } from './servers.ts';
import { freshTable, given } from './given.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function fresh(store = given('POSTGRES_URL')): Promise<{
  charges: Charges;
  start: (options?: Partial<ConsumerOptions>) => Promise<ConsumerProcess>;
  options: ConsumerOptions;
}> {
  const table = freshTable();
  const charges = await openCharges(store, table);
  await charges.migrate();
  closing.push(charges.close);
  const options = { store, table };
  return {
    charges,
    options,
    async start(more = {}) {
      const consumer = await startConsumer({ ...options, ...more });
      closing.push(() => consumer.stop());
      return consumer;
    },
  };
}

test(
  '50 copies at once of 200 events over 3 processes: each charged once, each copy answered as the first',
  { timeout: 180_000 },
  async () => {
    const { charges, start } = await fresh();
    const consumers = await Promise.all([1, 2, 3].map(() => start({ waitMs: 60_000 })));
    const keys = Array.from({ length: 200 }, (_, n) => `evt-${n}`);
    const answers = new Map<string, Sent[]>(keys.map((key) => [key, []]));
    // All copies of an event at once, four events at a time: more would only wait for two cores.
    const queue = [...keys];
    const lane = async () => {
      for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
        const event = key;
        const copies = Array.from({ length: 50 }, (_, n) => post(consumers[n % 3]!.url, event, event));
        answers.set(event, await Promise.all(copies));
      }
    };
    await Promise.all([1, 2, 3, 4].map(lane));

    expect([...(await charges.count()).values()]).toEqual(Array(200).fill(1));
    for (const [key, sent] of answers) {
      expect(new Set(sent.map(({ status, text }) => `${status} ${text}`)).size, key).toBe(1);
      expect(sent[0]!.status).toBe(200);
      expect(sent.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    }
  },
);

test(
  'killed 102 times over every point of the protocol, at least once: 0 lost, 0 doubled, 0 falsely done',
  { timeout: 240_000 },
  async () => {
    const { charges, options } = await fresh();

    const report = await crashRounds(charges, { ...options, leaseMs: 200 }, 102);

    console.log(
      'kill -9, at-least-once',
      JSON.stringify({ ...report, quarantined: report.quarantined.length }),
    );
    expect(report).toMatchObject({ crashes: 102, lost: [], doubled: [], quarantined: [], falselyDone: [] });
  },
);

test(
  'killed 102 times over every point of the protocol, at most once: 0 doubled, every interrupted one quarantined',
  { timeout: 240_000 },
  async () => {
    const { charges, options } = await fresh();

    const report = await crashRounds(charges, { ...options, policy: 'at-most-once', leaseMs: 200 }, 102);

    console.log(
      'kill -9, at-most-once',
      JSON.stringify({ ...report, quarantined: report.quarantined.length }),
    );
    expect(report).toMatchObject({ lost: [], doubled: [], falselyDone: [] });
    const counts = await charges.count();
    const interrupted = Array.from({ length: 102 }, (_, n) => n).filter((n) => [1, 2, 3].includes(n % 6));
    for (const n of interrupted) {
      const key = report.quarantined.find((one) => one.startsWith(`evt-${n}-`));
      expect(key, `evt-${n}`).toBeDefined();
      expect(counts.get(key!)).toBeUndefined();
    }
  },
);

test('a process stopped past its lease is overtaken, and its own commit is refused', async () => {
  const { charges, start } = await fresh();
  const stopped = await start({ leaseMs: 400 });
  const other = await start({ leaseMs: 400 });
  const charged = stopped.charged();
  const late = post(stopped.url, 'k', 'k', { 'x-pause-ms': '200' });
  await charged;
  stopped.kill('SIGSTOP');
  await sleep(600);

  const taken = await post(other.url, 'k', 'k');
  stopped.kill('SIGCONT');

  expect(taken).toMatchObject({ status: 200 });
  expect(JSON.parse(taken.text)).toMatchObject({ attempt: 2, pid: other.pid });
  // It has no result of its own: it answers with the one that was committed.
  expect(await late).toMatchObject({ status: 200, text: taken.text });
  expect((await charges.count()).get('k')).toBe(1);
});

test('a process stopped past its lease while another still runs is refused, and says so', async () => {
  const { charges, start } = await fresh();
  const stopped = await start({ leaseMs: 400 });
  const other = await start({ leaseMs: 400 });
  let charged = stopped.charged();
  const late = post(stopped.url, 'k', 'k', { 'x-pause-ms': '100' });
  await charged;
  stopped.kill('SIGSTOP');
  await sleep(600);
  charged = other.charged();
  const running = post(other.url, 'k', 'k', { 'x-pause-ms': '1500' });
  await charged;
  stopped.kill('SIGCONT');

  const refused = await late;

  expect(refused.status).toBe(503);
  expect(causeOf(refused)).toBe('lease-lost');
  expect((await charges.count()).size).toBe(0);
  expect((await running).status).toBe(200);
  expect((await charges.count()).get('k')).toBe(1);
});

test('clocks an hour apart change nothing: leases go by the clock of the database', async () => {
  const { charges, start } = await fresh();
  const slow = await start({ leaseMs: 1000, skewMs: -3_600_000 });
  const fast = await start({ leaseMs: 1000, skewMs: 3_600_000 });
  const charged = slow.charged();
  const first = post(slow.url, 'k', 'k', { 'x-pause-ms': '1500' });
  await charged;

  const copy = await post(fast.url, 'k', 'k');

  expect(copy.text).toBe((await first).text);
  expect(JSON.parse(copy.text)).toMatchObject({ attempt: 1, pid: slow.pid });
  expect((await charges.count()).get('k')).toBe(1);
});

test('without its database it answers 503, runs nothing, and recovers without a restart', async () => {
  const { postgres: server } = await startServers(['postgres']);
  closing.push(() => server!.stop());
  const { charges, start } = await fresh(server!.url);
  const consumer = await start({ leaseMs: 500 });
  expect((await post(consumer.url, 'before', 'x')).status).toBe(200);

  // Between effect and completion.
  const charged = consumer.charged();
  const interrupted = post(consumer.url, 'between', 'x', { 'x-pause-ms': '300' });
  await charged;
  await server!.kill();
  expect((await interrupted).status).toBe(503);
  // Before the claim.
  const refused = await post(consumer.url, 'down', 'x');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');

  await server!.start();
  await expect
    .poll(async () => (await post(consumer.url, 'between', 'x')).status, { timeout: 10_000 })
    .toBe(200);
  expect((await post(consumer.url, 'down', 'x')).status).toBe(200);
  expect(Object.fromEntries(await charges.count())).toEqual({ before: 1, between: 1, down: 1 });
});
