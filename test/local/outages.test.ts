import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { queuesBehind, startServiceFront, type ServiceFront } from './fixtures/service-front.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

let cloud: SinkCloud;
let front: ServiceFront;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  front = await startServiceFront();
  cloud = await startSinkCloud({ dataFolder, environment: queuesBehind(front) });
  front.connect(cloud.cloud.sqs);
  await untilAcknowledged('open', 'warm');
});
afterAll(async () => {
  await cloud.close();
  await front.close();
});

const pauseLedger = () => process.kill(cloud.cloud.databasePid() ?? 0, 'SIGSTOP');
const resumeLedger = () => process.kill(cloud.cloud.databasePid() ?? 0, 'SIGCONT');

/** At once, beside one instance of ingest that is warm: the others start while their senders wait. */
const senders = Array.from({ length: 10 }, (_, n) => n);

interface Attempted {
  readonly status: number;
  readonly cause: unknown;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

async function attempt(source: string, id: string): Promise<Attempted> {
  const startedAt = performance.now();
  const response = await fetch(`${cloud.cloud.url}/webhooks/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, type: 'paid', entity: id }),
  });
  const tookMs = performance.now() - startedAt;
  const text = await response.text();
  expect(text).not.toMatch(/\.ts|node_modules|ECONN|Timeout/);
  const body: unknown = JSON.parse(text);
  const cause = typeof body === 'object' && body !== null && 'cause' in body ? body.cause : undefined;
  return { status: response.status, cause, retryAfter: response.headers.get('retry-after'), tookMs };
}

/** As a provider does: again and again, until it is acknowledged. */
async function untilAcknowledged(source: string, id: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const { status } = await attempt(source, id);
    if (status < 300) return;
  }
  throw new Error(`${id} was not acknowledged`);
}

function expectUnreachable({ status, cause, retryAfter, tookMs }: Attempted, dependency: string): void {
  expect([status, cause, retryAfter]).toEqual([503, `${dependency}-unreachable`, '5']);
  expect(tookMs).toBeLessThan(5000);
}

/** A second chance for the clock alone: what does not hold fails twice. */
const onABusyMachine = { retry: 1, timeout: 40_000 };

describe('while the ledger is silent', () => {
  test(
    'G1: every sender has a 503 within 5 s, and what they send again afterwards runs once',
    onABusyMachine,
    async () => {
      const ids = senders.map((n) => `ledger-${n}`);

      pauseLedger();
      const asking = fetch(`${cloud.cloud.url}/health`);
      const answers = await Promise.all(ids.map((id) => attempt('open', id)));
      const health = await asking;
      resumeLedger();

      for (const answer of answers) expectUnreachable(answer, 'ledger');
      expect(health.status).toBe(503);
      for (const id of ids) await untilAcknowledged('open', id);
      await cloud.untilRest(ids.map((id) => `open#${id}`));
      for (const id of ids) {
        expect(await cloud.effectsOf(`open#${id}`)).toEqual([id]);
        expect(cloud.sink.of(`open#${id}`)).toHaveLength(1);
      }
    },
  );

  test('G5: an attempt that ends meanwhile settles when the ledger answers again in time, without another run', async () => {
    const holding = cloud.sink.hold('open#hiccup');
    await untilAcknowledged('open', 'hiccup');
    const held = await holding;

    pauseLedger();
    held.answer(200);
    setTimeout(resumeLedger, 700);

    await cloud.untilState('open#hiccup', 'processed');
    expect(cloud.sink.of('open#hiccup')).toHaveLength(1);
    expect(await cloud.effectsOf('open#hiccup')).toEqual(['hiccup']);
  }, 60_000);
});

test('a ledger that is killed is back at once: every sender is acknowledged, be it at the second try', async () => {
  const ids = Array.from({ length: 10 }, (_, n) => `killed-${n}`);

  const acknowledged = Promise.all(ids.map((id) => untilAcknowledged('open', id)));
  process.kill(cloud.cloud.databasePid() ?? 0, 'SIGKILL');
  await acknowledged;

  for (const id of ids) expect(await cloud.stateOf(`open#${id}`)).toBeTypeOf('string');
}, 60_000);

describe('while the queue', () => {
  test.each(['silent', 'broken'] as const)(
    'is %s, G1: every sender has a 503 within 5 s, and what they send again afterwards runs once',
    onABusyMachine,
    async (how) => {
      const ids = senders.map((n) => `queue-${how}-${n}`);

      front.set(how);
      const answers = await Promise.all(ids.map((id) => attempt('open', id)));
      front.set('pass');

      for (const answer of answers) expectUnreachable(answer, 'queue');
      for (const id of ids) await untilAcknowledged('open', id);
      await cloud.untilRest(ids.map((id) => `open#${id}`));
      for (const id of ids) {
        expect(await cloud.effectsOf(`open#${id}`)).toEqual([id]);
        expect(cloud.sink.of(`open#${id}`)).toHaveLength(1);
      }
    },
  );
});

test('G1, G5: an attempt whose ledger is away for longer than it may take ends all the same, under one key, and its effect happens once', async () => {
  const holding = cloud.sink.hold('open#outlasted');
  await untilAcknowledged('open', 'outlasted');
  const held = await holding;

  pauseLedger();
  held.answer(200);
  await sleep(4000);
  resumeLedger();

  await cloud.untilState('open#outlasted', 'processed', 90_000);
  // The write may have reached the ledger although nobody heard its answer: then there is no second run.
  const keys = cloud.sink.of('open#outlasted').map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(1);
  expect(await cloud.effectsOf('open#outlasted')).toEqual(['outlasted']);
  expect(await cloud.queued()).toMatchObject({ visible: 0 });
}, 100_000);
