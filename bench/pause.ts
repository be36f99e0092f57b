/** `npm run bench:pause`: a source of the local cloud is paused, sent events for a while, and resumed. Nothing lost, in order, no attempt used. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { heardWithinSeconds } from '../functions/lane/gate.ts';
import { databaseAt } from './database-at.ts';
import {
  acknowledgedPerSecond,
  entriesAtRest,
  entriesInLanes,
  outOfOrder,
  post,
  sendInLanes,
  startOf,
  statesOf,
} from './lane-load.ts';
import { runCloud } from './running-cloud.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    lanes: { type: 'string', default: '50' },
  },
});
const [rate, seconds, lanes] = [Number(values.rate), Number(values.seconds), Number(values.lanes)];
const longestMs = 15 * 60_000;

const cloud = await runCloud(
  join(import.meta.dirname, '..'),
  {
    configFile: join(import.meta.dirname, 'bench.config.ts'),
    handlersFile: join(import.meta.dirname, 'bench.handlers.ts'),
  },
  async (url) =>
    (await post(url, '/webhooks/bench', { id: 'first', type: 'bench', entity: 'first' })) === 202,
);
try {
  const { url, dynamodb: endpoint } = cloud.endpoints();
  const dynamodb = databaseAt(endpoint);
  const because = { reason: 'a bench' };
  console.log(`paused: ${(await post(url, '/ops/sources/bench/pause', because)) ?? 'no answer'}`);
  await sleep(heardWithinSeconds * 1000);
  const sent = await sendInLanes(url, { rate, seconds, lanes });
  console.log(`offered: ${acknowledgedPerSecond(sent)}`);
  await sleep(5000);
  console.log(`while it is paused: ${JSON.stringify(statesOf(await entriesInLanes(sent, dynamodb)))}`);
  console.log(`resumed: ${(await post(url, '/ops/sources/bench/resume', because)) ?? 'no answer'}`);
  const resumedAt = Date.now();
  const found = await entriesAtRest(sent, dynamodb, { longestMs });
  const starts = found.map((lane) => lane.map(startOf));
  const first = Math.min(...starts.flat());
  const last = Math.max(...starts.flat());
  const attempts = found.flat().map((entries) => entries.at(-1)?.attempt ?? 0);
  console.log(`after it was resumed: ${JSON.stringify(statesOf(found))}`);
  console.log(
    `first begun after ${((first - resumedAt) / 1000).toFixed(1)} s, last after ${((last - resumedAt) / 1000).toFixed(1)} s`,
  );
  const [late, beyondFirst] = [outOfOrder(starts), attempts.filter((used) => used !== 1).length];
  console.log(`out of order: ${late}; attempts used beyond the one that processed it: ${beyondFirst}`);
  if (late + beyondFirst > 0 || statesOf(found)['processed'] !== sent.flat().length) process.exitCode = 1;
} finally {
  await cloud.stop();
}
