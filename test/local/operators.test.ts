import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** Whom the local gateway takes every caller for. */
const operator = 'arn:aws:iam::000000000000:user/local';

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder });
});
afterAll(() => cloud.close());

async function ops(path: string, reason?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${cloud.cloud.url}/ops/${path}`, {
    method: reason === undefined ? 'GET' : 'POST',
    ...(reason !== undefined && { body: JSON.stringify({ reason }) }),
    headers: { 'content-type': 'application/json' },
  });
  return { status: response.status, body: await response.json() };
}

const Audit = z.object({
  items: z.array(z.object({ what: z.string(), actor: z.string(), reason: z.string().optional() })),
});
const auditOf = async (event: string) => Audit.parse((await ops(`events/${event}/audit`)).body).items;

const send = (id: string) => cloud.send('held', { id, type: 'paid', entity: 'shop' });
const events = ['held#head/1', 'held#f1', 'held#f2', 'held#f3'];
const callsInLane = () =>
  cloud.sink.calls.filter(({ lane }) => lane === 'held#shop').map(({ event }) => event);

/** A failed event whose id has a slash holds its lane, and three others wait. */
async function hold(): Promise<void> {
  cloud.sink.answer('held#head/1', () => 422);
  await send('head/1');
  await cloud.untilState('held#head/1', 'failed');
  for (const id of ['f1', 'f2', 'f3']) {
    await send(id);
    await cloud.untilState(`held#${id}`, 'waiting');
  }
}

test('G3, G7: an operator finds what failed on the attention list, redrives it, and its followers run after it', async () => {
  await hold();
  const attention = await ops('attention');
  const lane = await ops('lanes/held/shop');
  cloud.sink.answer('held#head/1', () => 200);

  const redriven = await ops('events/held/head%2F1/redrive', 'the shop is repaired');
  await cloud.untilRest(events);
  await until(() => callsInLane().length === 5, 'all of the lane ran');

  expect(attention).toMatchObject({
    status: 200,
    body: { items: [{ source: 'held', eventId: 'head/1', lane: 'held#shop', reason: 'permanent-error' }] },
  });
  expect(lane).toMatchObject({
    status: 200,
    body: {
      state: 'held',
      turn: { eventId: 'head/1', state: 'failed' },
      waiting: 3,
      firstWaiting: [{ eventId: 'f1' }, { eventId: 'f2' }, { eventId: 'f3' }],
    },
  });
  expect(redriven).toEqual({
    status: 200,
    body: { source: 'held', eventId: 'head/1', state: 'reopened' },
  });
  expect(callsInLane()).toEqual(['held#head/1', ...events]);
  expect(await ops('attention')).toEqual({ status: 200, body: { items: [], more: false } });
  expect(await ops('lanes/held/shop')).toEqual({ status: 200, body: { lane: 'held#shop', state: 'open' } });
  const audit = await auditOf('held/head%2F1');
  expect(audit.map(({ what }) => what)).toEqual([
    'accepted',
    'started',
    'failed',
    'dead-lettered',
    'redriven',
    'started',
    'processed',
  ]);
  expect(audit[4]).toMatchObject({ actor: operator, reason: 'the shop is repaired' });

  const again = await ops('events/held/head%2F1/redrive', 'once more');

  expect(again).toMatchObject({ status: 409, body: { cause: 'refused', state: 'processed' } });
  expect((await auditOf('held/head%2F1')).at(-1)).toMatchObject({ what: 'refused', actor: operator });
}, 60_000);
