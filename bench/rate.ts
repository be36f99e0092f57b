/** `npm run bench:rate`: a source of the local cloud with a rate is sent many times as much. How many begin in each second, and how its lanes are served. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isAtRest } from '../functions/ledger/entry.ts';
import { databaseAt } from './database-at.ts';
import { entriesInLanes, outOfOrder, post, sendInLanes, startOf, statesOf } from './lane-load.ts';
import { runCloud } from './running-cloud.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    lanes: { type: 'string', default: '50' },
    'per-second': { type: 'string', default: '20' },
  },
});
const [rate, seconds, lanes] = [Number(values.rate), Number(values.seconds), Number(values.lanes)];
const perSecond = Number(values['per-second']);
process.env['BENCH_PER_SECOND'] = values['per-second'];

/** The most that any span of a second holds, wherever it begins. */
function mostInASecond(sorted: readonly number[]): number {
  let [most, from] = [0, 0];
  sorted.forEach((at, to) => {
    while (at - (sorted[from] ?? at) >= 1000) from++;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

const cloud = await runCloud(
  join(import.meta.dirname, '..'),
  {
    configFile: join(import.meta.dirname, 'rated.config.ts'),
    handlersFile: join(import.meta.dirname, 'rated.handlers.ts'),
  },
  async (url) =>
    (await post(url, '/webhooks/bench', { id: 'first', type: 'bench', entity: 'first' })) === 202,
);
try {
  const { url, dynamodb: endpoint } = cloud.endpoints();
  const dynamodb = databaseAt(endpoint);
  const began = Date.now();
  const sent = await sendInLanes(url, { rate, seconds, lanes });
  const total = sent.reduce((sum, count) => sum + count, 0);
  const sentSeconds = (Date.now() - began) / 1000;
  console.log(
    `sent and acknowledged: ${total} events in ${lanes} lanes, ${(total / sentSeconds).toFixed(0)} a second`,
  );
  const until = Date.now() + (2 * total * 1000) / perSecond;
  let found = await entriesInLanes(sent, dynamodb);
  while (
    Date.now() < until &&
    !found.flat().every((entries) => isAtRest(entries.at(-1)?.state ?? 'pending'))
  ) {
    await sleep(5000);
    found = await entriesInLanes(sent, dynamodb);
  }
  const starts = found.map((lane) => lane.map(startOf));
  const sorted = starts.flat().sort((a, b) => a - b);
  const [first = NaN, last = NaN] = [sorted[0], sorted.at(-1)];
  const perClockSecond = Object.values(Object.groupBy(sorted, (at) => Math.floor(at / 1000))).map(
    (all) => all?.length ?? 0,
  );
  const half = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const served = starts.map((lane) => lane.filter((at) => at <= half).length).sort((a, b) => a - b);
  console.log(`at the end: ${JSON.stringify(statesOf(found))}`);
  console.log(
    `begun: ${(sorted.length / ((last - first) / 1000)).toFixed(2)} a second of ${perSecond}; the most in a second of the clock ${Math.max(...perClockSecond)}, in any second ${mostInASecond(sorted)}`,
  );
  console.log(`a second of the clock: ${perClockSecond.slice(0, 60).join(' ')}`);
  console.log(
    `lanes served when half was done: ${served[0]} to ${served.at(-1)} each; out of order: ${outOfOrder(starts)}; attempts beyond the first: ${found.flat().filter((entries) => entries.at(-1)?.attempt !== 1).length}`,
  );
} finally {
  await cloud.stop();
}
