/**
 * `npm run bench:subscribers`: events of one source for two subscribers, one of which fails for good and holds its lanes. How late the other has
 * them, beside a source without the one that fails; then its destination is repaired, and its lanes are redriven. Exits 1 where an event is
 * missing, comes twice or out of order.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseAt } from './database-at.ts';
import { startDestination, type Call } from './destination.ts';
import { acknowledgedPerSecond, entriesAtRest, post, sendInLanes, statesOf, type Sent } from './lane-load.ts';
import { percentileOf } from './load.ts';
import { runCloud } from './running-cloud.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '50' },
    lanes: { type: 'string', default: '50' },
  },
});
const [rate, seconds, lanes] = [Number(values.rate), Number(values.seconds), Number(values.lanes)];
const longestMs = 5 * 60_000;

const destination = await startDestination();
process.env['BENCH_DESTINATION'] = destination.url;
const wrong: string[] = [];
const cloud = await runCloud(
  join(import.meta.dirname, '..'),
  {
    configFile: join(import.meta.dirname, 'subscribed.config.ts'),
    handlersFile: join(import.meta.dirname, 'subscribed.handlers.ts'),
  },
  async (url) => (await post(url, '/webhooks/warm', { id: 'first', type: 'bench', entity: 'first' })) === 202,
);
try {
  const { url, dynamodb: endpoint } = cloud.endpoints();
  const dynamodb = databaseAt(endpoint);
  const all = { rate, seconds, lanes };

  // Processes have to be started for what goes well, and others for what fails.
  destination.answer('/warm.ledger', 422);
  const warm = await sendInLanes(url, { ...all, seconds: 10, source: 'warm' });
  await entriesAtRest(warm, dynamodb, { longestMs, source: 'warm.crm' });
  destination.answer('/beside.ledger', 422);
  const alone = await sendInLanes(url, { ...all, source: 'alone' });
  console.log(`for one subscriber alone: ${acknowledgedPerSecond(alone)}`);
  await entriesAtRest(alone, dynamodb, { longestMs, source: 'alone.crm' });
  tellLateness('it', alone, '/alone.crm');

  const beside = await sendInLanes(url, { ...all, source: 'beside' });
  console.log(`for two, one of which fails: ${acknowledgedPerSecond(beside)}`);
  await entriesAtRest(beside, dynamodb, { longestMs, source: 'beside.crm' });
  tellLateness('the good one', beside, '/beside.crm');

  const firstOnes = beside.map((events) => events.slice(0, 1));
  const held = await entriesAtRest(firstOnes, dynamodb, { longestMs, source: 'beside.ledger' });
  console.log(
    `the failing one: ${JSON.stringify(statesOf(held))} of the first ones of its lanes, ${okOf('/beside.ledger').length} of its events done`,
  );

  destination.answer('/beside.ledger', 200);
  const repairedAt = Date.now();
  for (const { id } of firstOnes.flat()) {
    const path = `/ops/events/beside.ledger/${id}/redrive`;
    const status = await post(url, path, { reason: 'the destination is repaired' });
    if (status !== 200) wrong.push(`the redrive of ${id} was answered ${status ?? 'nothing'}`);
  }
  const found = await entriesAtRest(beside, dynamodb, { longestMs, source: 'beside.ledger' });
  const lastAt = Math.max(...okOf('/beside.ledger').map(({ at }) => at));
  console.log(
    `repaired and redriven, ${lanes} redrives: ${JSON.stringify(statesOf(found))}, the last one after ${((lastAt - repairedAt) / 1000).toFixed(1)} s`,
  );
  check(beside, '/beside.ledger');
} finally {
  await cloud.stop();
  await destination.close();
}
for (const what of wrong) console.log(`WRONG: ${what}`);
if (wrong.length > 0) process.exitCode = 1;
else console.log('each subscriber has had each event once, and in order');

function okOf(path: string): Call[] {
  return destination.calls.filter((call) => call.path === path && call.status === 200);
}

/** From the sending of each event to the call for it. */
function tellLateness(whose: string, sent: Sent, path: string): void {
  const calledAt = new Map(okOf(path).map(({ id, at }) => [id, at]));
  const ms = sent
    .flat()
    .map(({ id, sentAt }) => (calledAt.get(id) ?? NaN) - sentAt)
    .sort((a, b) => a - b);
  const figures = [0.5, 0.99, 1].map((part) => percentileOf(ms, part).toFixed(0));
  console.log(
    `  ${whose} has them after ${figures[0]} ms (median), ${figures[1]} ms (p99), ${figures[2]} ms (the last one)`,
  );
  check(sent, path);
}

function check(sent: Sent, path: string): void {
  const calls = okOf(path);
  sent.forEach((events) => {
    const ids = new Set(events.map(({ id }) => id));
    const came = calls.filter(({ id }) => ids.has(id)).map(({ id }) => id);
    const expected = events.map(({ id }) => id);
    if (came.join() !== expected.join()) {
      wrong.push(`${path} has ${came.slice(0, 10).join(', ')} … of ${expected.slice(0, 10).join(', ')} …`);
    }
  });
}
