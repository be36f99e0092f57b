import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

const lanes = 10;
const perLane = 5;

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
// Its sweeper runs every hour: what ends here ends without it.
beforeAll(async () => void (cloud = await startSinkCloud({ dataFolder })));
afterAll(() => cloud.close());

async function act(action: 'pause' | 'resume'): Promise<void> {
  const response = await fetch(`${cloud.cloud.url}/ops/sources/open/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'a test' }),
  });
  expect(response.status).toBe(200);
}

test('G3: a source that is resumed goes on at once, each lane in its order, without a sweep', async () => {
  const names = Array.from({ length: lanes }, (_, lane) => ({
    entity: `entity-${lane}`,
    ids: Array.from({ length: perLane }, (_, n) => `${lane}-${n}`),
  }));
  const all = names.flatMap(({ ids }) => ids.map((id) => `open#${id}`));
  await act('pause');
  await Promise.all(
    names.map(async ({ entity, ids }) => {
      for (const id of ids) await cloud.send('open', { id, type: 'paid', entity });
    }),
  );
  await until(async () => {
    const states = await Promise.all(all.map(cloud.stateOf));
    return states.every((state) => state === 'waiting');
  }, 'everything waits');

  const resumedAt = Date.now();
  await act('resume');

  await cloud.untilRest(all);
  const last = Math.max(...cloud.sink.calls.map(({ startedAt }) => startedAt));
  console.info(`the last of ${all.length} events began ${last - resumedAt} ms after the resume`);
  for (const { entity, ids } of names) expect(await cloud.effectsOf(`open#${entity}`)).toEqual(ids);
  expect(cloud.sink.calls).toHaveLength(all.length);
}, 120_000);
