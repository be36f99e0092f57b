import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder });
});
afterAll(() => cloud.close());

const AuditItem = z.object({
  at: z.iso.datetime(),
  what: z.string(),
  attempt: z.number().optional(),
  reason: z.string().optional(),
});
const Audit = z.object({ items: z.array(AuditItem) });

/** As operators read it. */
async function auditOf(source: string, eventId: string) {
  const response = await fetch(`${cloud.cloud.url}/ops/events/${source}/${eventId}/audit`);
  return Audit.parse(await response.json()).items;
}

const send = (id: string, source = 'open') => cloud.send(source, { id, type: 'paid', entity: id });
const gapsSeconds = (event: string) => {
  const times = cloud.sink.of(event).map(({ startedAt }) => startedAt);
  return times.slice(1).map((time, at) => (time - (times[at] ?? 0)) / 1000);
};

describe.concurrent('an event whose handler fails', () => {
  test('G5, G7: is tried five times with growing delays, failed, dead-lettered, moved back by hand, and processed: all of it in its audit', async () => {
    cloud.sink.answer('open#failing', () => 500);
    await send('failing');
    await cloud.untilState('open#failing', 'failed', 30_000);
    await until(async () => (await cloud.deadLetters()) === 1, 'it is in the dead-letter queue');
    const gaps = gapsSeconds('open#failing');
    expect(gaps).toHaveLength(4);
    for (const [at, delay] of [1, 2, 3, 4].entries()) {
      // The delay counts from the entry, which is written a moment after the call.
      expect(gaps[at]).toBeGreaterThanOrEqual(delay);
    }

    cloud.sink.answer('open#failing', () => 200);
    await cloud.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn: cloud.cloud.queueArn.replace('lanes', 'lanes-dead') }),
    );

    await cloud.untilState('open#failing', 'processed');
    expect(await cloud.deadLetters()).toBe(0);
    const calls = cloud.sink.of('open#failing');
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 1]);
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await cloud.effectsOf('open#failing')).toEqual(['failing']);
    const again = await send('failing');
    expect(again).toMatchObject({
      status: 200,
      body: { status: 'duplicate', state: 'processed', cached: true, result: { asked: 1 } },
    });
    const audit = await auditOf('open', 'failing');
    expect(audit.map(({ what, attempt }) => (attempt ? `${what} ${attempt}` : what))).toEqual([
      'accepted',
      ...[1, 2, 3, 4].flatMap((attempt) => [`started ${attempt}`, `retried ${attempt}`]),
      'started 5',
      'failed 5',
      'dead-lettered',
      'redriven',
      'started 1',
      'processed 1',
      'duplicate',
    ]);
    expect(audit.find(({ what }) => what === 'failed')?.reason).toMatch(/attempts-exhausted.*answered 500/);
    const times = audit.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }, 60_000);

  test('is really tried again after a passing failure, and processed', async () => {
    cloud.sink.answer('open#passing', ({ attempt }) => (attempt === 1 ? 500 : 200));

    await send('passing');

    await cloud.untilState('open#passing', 'processed');
    expect(cloud.sink.of('open#passing').map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await cloud.effectsOf('open#passing')).toEqual(['passing']);
  });

  test('waits as long as the handler asks for', async () => {
    cloud.sink.answer('open#asks', ({ attempt }) => (attempt === 1 ? 429 : 200));

    await send('asks');

    await cloud.untilState('open#asks', 'processed');
    expect(gapsSeconds('open#asks')[0]).toBeGreaterThanOrEqual(2);
  });
});

// On its own: its copies would be counted by those who look at the dead-letter queue.
test('G2, G5: an event fails at once when no retry can help, and the sender’s redelivery reopens it under the same key', async () => {
  cloud.sink.answer('versioned#refused', () => 422);
  const body = { id: 'refused', type: 'paid', entity: 'refused', version: 1 };
  await cloud.send('versioned', body);
  await cloud.untilState('versioned#refused', 'failed');
  cloud.sink.answer('versioned#refused', () => 200);

  const again = await cloud.send('versioned', body);

  expect(again).toMatchObject({ status: 202, body: { status: 'reopened' } });
  await cloud.untilState('versioned#refused', 'processed');
  const calls = cloud.sink.of('versioned#refused');
  expect(calls.map(({ attempt }) => attempt)).toEqual([1, 1]);
  expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(await cloud.effectsOf('versioned#refused')).toEqual(['refused']);
  const audit = (await auditOf('versioned', 'refused')).map(({ what }) => what);
  // The notes of the duplicate and of the dead letter are written beside the run that followed.
  expect(audit.filter((what) => what !== 'duplicate' && what !== 'dead-lettered')).toEqual([
    'accepted',
    'started',
    'failed',
    'reopened',
    'started',
    'processed',
  ]);
  expect(audit).toContain('duplicate');
});
