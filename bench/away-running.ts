/**
 * `npm run bench:away:running`: as `bench:away`, on the running local cloud and its real clock, so for a minute instead of ten (`--minutes`). Exits 1 where
 * an event is lost or comes out of order, or where one behind the breaker fails for good.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseAt } from './database-at.ts';
import { startDestination } from './destination.ts';
import { acknowledgedPerSecond, entriesAtRest, post, sendInLanes, statesOf } from './lane-load.ts';
import { runCloud } from './running-cloud.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    lanes: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '1' },
  },
});
const [rate, lanes] = [Number(values.rate), Number(values.lanes)];
const seconds = Number(values.minutes) * 60;
const longestMs = 60 * 60_000;

const destination = await startDestination();
process.env['BENCH_DESTINATION'] = destination.url;
const wrong: string[] = [];
const cloud = await runCloud(
  join(import.meta.dirname, '..'),
  {
    configFile: join(import.meta.dirname, 'away.config.ts'),
    handlersFile: join(import.meta.dirname, 'away.handlers.ts'),
  },
  async (url) => (await post(url, '/webhooks/open', { id: 'first', type: 'bench', entity: 'first' })) === 202,
);

async function play(source: 'guarded' | 'open', what: string): Promise<void> {
  const { url, dynamodb: endpoint } = cloud.endpoints();
  const path = `/${source}`;
  destination.answer(path, 503);
  const sent = await sendInLanes(url, { rate, seconds, lanes, source });
  const backAt = Date.now();
  destination.answer(path, 200);
  console.log(`${what}: ${acknowledgedPerSecond(sent)}`);
  const entries = await entriesAtRest(sent, databaseAt(endpoint), { longestMs, source });

  const ids = new Set(sent.flat().map(({ id }) => id));
  const calls = destination.calls.filter((call) => call.path === path && ids.has(call.id));
  const done = calls.filter(({ status }) => status === 200);
  const states = statesOf(entries);
  const attempts = entries.flat().reduce((sum, one) => sum + (one.at(-1)?.attempt ?? 0), 0);
  const lastAt = Math.max(...done.map(({ at }) => at));
  console.log(
    `  ${calls.length - done.length} calls while it was away, ${calls.length} in all; ${attempts} attempts counted; ${JSON.stringify(states)}; ` +
      `all done ${((lastAt - backAt) / 1000).toFixed(0)} s after it was back`,
  );

  const { processed = 0, failed = 0 } = states;
  if (processed + failed !== ids.size) wrong.push(`${what}: not all events are at rest`);
  if (done.length !== processed) wrong.push(`${what}: ${done.length} calls for ${processed} events`);
  if (source === 'guarded' && failed > 0) wrong.push(`${what}: ${failed} events have failed for good`);
  const ended = new Set(done.map(({ id }) => id));
  for (const events of sent) {
    const inOrder = events.flatMap(({ id }) => (ended.has(id) ? [id] : []));
    const came = done.filter(({ id }) => inOrder.includes(id)).map(({ id }) => id);
    if (came.join() !== inOrder.join()) wrong.push(`${what}: ${came.join(' ').slice(0, 200)}`);
  }
}

try {
  console.log(`a destination is away for ${values.minutes} minutes`);
  await play('guarded', 'breaker after 10 failures, a probe a minute');
  await play('open', 'no breaker');
} finally {
  await cloud.stop();
  await destination.close();
}
for (const each of wrong) console.log(`WRONG: ${each}`);
if (wrong.length > 0) process.exitCode = 1;
