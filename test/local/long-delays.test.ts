import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder });
});
afterAll(() => cloud.close());

async function act(event: string, action: string): Promise<number> {
  const response = await fetch(`${cloud.cloud.url}/ops/events/${event.replace('#', '/')}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'nobody waits an hour' }),
  });
  return response.status;
}

const send = (source: string, id: string, entity: string, type = 'paid') =>
  cloud.send(source, { id, type, entity });

/** An event whose handler wants to be asked again in an hour, and two of its lane behind it. */
async function delay(source: string, entity: string): Promise<readonly [string, string, string]> {
  const events = ['head', 'f1', 'f2'].map((id) => `${source}#${entity}-${id}`);
  const [head = '', ...followers] = events;
  cloud.sink.answer(head, () => 503);
  for (const id of ['head', 'f1', 'f2']) await send(source, `${entity}-${id}`, entity);
  await cloud.untilState(head, 'retrying');
  for (const follower of followers) await cloud.untilState(follower, 'waiting');
  cloud.sink.answer(head, () => 200);
  return [head, `${source}#${entity}-f1`, `${source}#${entity}-f2`];
}

const quiet = async () => {
  const { visible, inFlight } = await cloud.queued();
  return visible + inFlight === 0;
};

describe.concurrent.each(['open', 'held'])('a retry in an hour, in the source %s', (source) => {
  test('G3, G4: keeps nothing in the queue, and a redrive runs it within five seconds, its followers after it', async () => {
    const events = await delay(source, 'redriven');
    await until(quiet, 'nothing is in flight');
    const asked = Date.now();

    expect(await act(events[0], 'redrive')).toBe(200);

    await cloud.untilState(events[0], 'processed', 5000);
    expect(Date.now() - asked).toBeLessThan(5000);
    await cloud.untilRest(events);
    expect(await cloud.effectsOf(`${source}#redriven`)).toEqual([
      'redriven-head',
      'redriven-f1',
      'redriven-f2',
    ]);
  }, 60_000);

  test('G3: is discarded, and its followers run within five seconds, in order', async () => {
    const events = await delay(source, 'discarded');
    const asked = Date.now();

    expect(await act(events[0], 'discard')).toBe(200);

    await cloud.untilRest(events, 5000);
    expect(Date.now() - asked).toBeLessThan(5000);
    expect(await cloud.effectsOf(`${source}#discarded`)).toEqual(['discarded-f1', 'discarded-f2']);
  }, 60_000);
});

test('G3: a handler that waits for another event lets the others of its lane run, and runs after it', async () => {
  cloud.sink.answer('open#w-paid', () => 425);
  await send('open', 'w-paid', 'waits', 'paid');
  await cloud.untilState('open#w-paid', 'waiting');
  cloud.sink.answer('open#w-paid', () => 200);

  await send('open', 'w-noted', 'waits', 'noted');
  await cloud.untilState('open#w-noted', 'processed');
  expect(await cloud.stateOf('open#w-paid')).toBe('waiting');
  await send('open', 'w-created', 'waits', 'created');

  await cloud.untilState('open#w-paid', 'processed');
  expect(await cloud.effectsOf('open#waits')).toEqual(['w-noted', 'w-created', 'w-paid']);
  expect(cloud.sink.of('open#w-paid').map(({ attempt }) => attempt)).toEqual([1, 1]);
});
