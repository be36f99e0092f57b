import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { queuesBehind, startServiceFront, type ServiceFront } from './fixtures/service-front.ts';
import { sweepLater } from './fixtures/sweep-later.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** The visibility timeout, and time for a busy machine. */
const redeliveredWithinMs = 30_000;

let cloud: SinkCloud;
let front: ServiceFront;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  front = await startServiceFront();
  cloud = await startSinkCloud({ dataFolder, workers: 6, environment: queuesBehind(front) });
  front.connect(cloud.cloud.sqs);
});
afterAll(async () => {
  await cloud.close();
  await front.close();
});

const statesOf = async (event: string) =>
  (await cloud.record(event)).entries.map(({ state, attempt }) => `${state} ${attempt}`);

describe('ingest, killed between put and send', () => {
  /** Its request got no 2xx; its event is stored, and no message is in the queue. */
  async function killIngestAt(body: { readonly id: string }): Promise<void> {
    const swallowed = front.swallow({ target: 'SendMessage', what: 'request' });
    const answer = fetch(`${cloud.cloud.url}/webhooks/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await swallowed;
    for (const pid of cloud.cloud.functionPids()['ingest'] ?? []) process.kill(pid, 'SIGKILL');
    expect((await answer).status).toBeGreaterThanOrEqual(500);
    expect(await cloud.stateOf(`open#${body.id}`)).toBe('pending');
    expect(await cloud.queued()).toEqual({ visible: 0, inFlight: 0 });
  }

  test('G1, G2: what it left is completed by the sender’s retry, and runs once', async () => {
    const body = { id: 'retried', type: 'paid', entity: 'retried' };
    await killIngestAt(body);

    const again = await cloud.send('open', body);

    expect(again).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'pending' } });
    await cloud.untilState('open#retried', 'processed');
    expect(await cloud.effectsOf('open#retried')).toEqual(['retried']);
    expect(cloud.sink.of('open#retried')).toHaveLength(1);
  });

  test('G8: what it left is found by the sweeper, by two at once even, and runs once; a later retry is a duplicate', async () => {
    const body = { id: 'swept', type: 'paid', entity: 'swept' };
    await killIngestAt(body);
    await sweepLater(cloud.cloud, 2);
    await cloud.untilState('open#swept', 'processed');
    const late = await cloud.send('open', body);
    expect(late).toMatchObject({ status: 200, body: { state: 'processed', cached: true } });
    await until(async () => (await cloud.queued()).visible === 0, 'no copy is left');
    expect(await cloud.effectsOf('open#swept')).toEqual(['swept']);
    expect(cloud.sink.of('open#swept')).toHaveLength(1);
  }, 60_000);
});

describe.concurrent('a processor', () => {
  /** Sends an event and returns the call that its handler makes, held. */
  async function inTheMiddle(source: string, id: string) {
    const held = cloud.sink.hold(`${source}#${id}`, 20_000);
    expect(await cloud.send(source, { id, type: 'paid', entity: id })).toMatchObject({ status: 202 });
    return await held;
  }

  test('G1, G3, G5: killed in the middle of a handler, it is replaced; the effect happens once, under one key, before its followers', async () => {
    const { call } = await inTheMiddle('open', 'killed');
    await cloud.send('open', { id: 'follower', type: 'paid', entity: 'killed' });

    process.kill(call.pid, 'SIGKILL');

    await cloud.untilRest(['open#killed', 'open#follower'], redeliveredWithinMs);
    expect(await statesOf('open#killed')).toEqual(['processing 1', 'processing 2', 'processed 2']);
    expect(await cloud.effectsOf('open#killed')).toEqual(['killed', 'follower']);
    const calls = cloud.sink.of('open#killed');
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  }, 60_000);

  test('G5: killed at an event that runs at most once, it leaves it quarantined; moved back by hand it runs once', async () => {
    const { call } = await inTheMiddle('once', 'unknown');

    process.kill(call.pid, 'SIGKILL');

    await cloud.untilState('once#unknown', 'quarantined', redeliveredWithinMs);
    expect(cloud.sink.of('once#unknown')).toHaveLength(1);
    await until(async () => (await cloud.deadLetters()) === 1, 'it is in the dead-letter queue');
    const again = await cloud.send('once', { id: 'unknown', type: 'paid', entity: 'unknown' });
    expect(again).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'quarantined' } });
    await cloud.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn: cloud.cloud.queueArn.replace('lanes', 'lanes-dead') }),
    );
    await cloud.untilState('once#unknown', 'processed');
    expect(cloud.sink.of('once#unknown')).toHaveLength(2);
    expect(await cloud.effectsOf('once#unknown')).toEqual(['unknown']);
  }, 90_000);

  test('G6: paused past its lease and resumed when another has settled, it cannot settle; the other result stands', async () => {
    const first = await inTheMiddle('open', 'paused');

    process.kill(first.call.pid, 'SIGSTOP');

    await cloud.untilState('open#paused', 'processed', redeliveredWithinMs);
    first.answer(200);
    process.kill(first.call.pid, 'SIGCONT');
    await expectFenced('open#paused');
    expect(await statesOf('open#paused')).toEqual(['processing 1', 'processing 2', 'processed 2']);
    expect(await cloud.effectsOf('open#paused')).toEqual(['paused']);
  }, 60_000);

  test('G6: paused past its lease and resumed while another runs, it cannot settle, neither a success nor a failure', async () => {
    const first = await inTheMiddle('open', 'overtaken');
    process.kill(first.call.pid, 'SIGSTOP');
    const second = await cloud.sink.hold('open#overtaken', redeliveredWithinMs);

    first.answer(500);
    process.kill(first.call.pid, 'SIGCONT');
    await expectFenced('open#overtaken');
    second.answer(200);

    await cloud.untilState('open#overtaken', 'processed', redeliveredWithinMs);
    expect(second.call.pid).not.toBe(first.call.pid);
    expect(await cloud.effectsOf('open#overtaken')).toEqual(['overtaken']);
  }, 90_000);

  async function expectFenced(event: string): Promise<void> {
    const fenced = async () => (await cloud.record(event)).notes.filter(({ what }) => what === 'fenced');
    await until(async () => (await fenced()).length > 0, 'the attempt is fenced');
    expect(await fenced()).toMatchObject([{ what: 'fenced', attempt: 1 }]);
  }
});
