/** `npm run bench:rate`: a source of the local cloud with a rate is sent many times as much. How many begin in each second, and how its lanes are served. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseAt } from './database-at.ts';
import {
  acknowledgedPerSecond,
  entriesAtRest,
  outOfOrder,
  perSecondOf,
  post,
  sendInLanes,
  startOf,
  statesOf,
} from './lane-load.ts';
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

const averageOf = (sorted: readonly number[]): number =>
  (sorted.length - 1) / (((sorted.at(-1) ?? NaN) - (sorted[0] ?? NaN)) / 1000);

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
  const sent = await sendInLanes(url, { rate, seconds, lanes });
  const total = sent.flat().length;
  console.log(`offered: ${acknowledgedPerSecond(sent)}`);
  const found = await entriesAtRest(sent, dynamodb, { longestMs: (2 * total * 1000) / perSecond });
  const states = statesOf(found);
  const starts = found.map((lane) => lane.map(startOf));
  const sorted = starts.flat().sort((a, b) => a - b);
  const average = averageOf(sorted);
  const lastSent = Math.max(...sent.flat().map(({ acknowledgedAt }) => acknowledgedAt));
  const [ofClock, ofAny] = [perSecondOf(sorted), mostInASecond(sorted)];
  const half = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const served = starts.map((lane) => lane.filter((at) => at <= half).length).sort((a, b) => a - b);
  const late = outOfOrder(starts);
  const beyondFirst = found.flat().filter((entries) => entries.at(-1)?.attempt !== 1).length;
  console.log(`at the end: ${JSON.stringify(states)}`);
  console.log(
    `begun: ${average.toFixed(2)} a second of ${perSecond} (${(100 * (average / perSecond - 1)).toFixed(1)} %); the most in a second of the clock ${Math.max(...ofClock)}, in any second ${ofAny}`,
  );
  // On a machine that is too busy for what it is offered, the rest of the work is what keeps the rate from being reached.
  console.log(
    `  while it was offered ${averageOf(sorted.filter((at) => at <= lastSent)).toFixed(2)} a second, after that ${averageOf(sorted.filter((at) => at > lastSent)).toFixed(2)}`,
  );
  console.log(`a second of the clock: ${ofClock.join(' ')}`);
  console.log(
    `lanes served when half was done: ${served[0]} to ${served.at(-1)} each; out of order: ${late}; attempts beyond the first: ${beyondFirst}`,
  );
  const wrong = [
    ...(states['processed'] === total ? [] : ['not all are processed']),
    ...(late === 0 ? [] : ['lanes are out of order']),
    ...(beyondFirst === 0 ? [] : ['attempts were used']),
    ...(ofAny <= 2 * perSecond ? [] : ['more than twice the rate began in a second']),
    ...(Math.abs(average / perSecond - 1) <= 0.05 ? [] : ['the average is more than 5 % away from the rate']),
  ];
  for (const what of wrong) console.log(`WRONG: ${what}`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  await cloud.stop();
}
