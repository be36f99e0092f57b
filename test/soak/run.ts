/**
 * `npm run soak -- --kills 1000 [--minutes 30] [--seed S]`: the local cloud under load while its processes are killed at random. Then
 * everything is repaired and drained, and an exact balance is taken. Ends by itself.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseAt } from '../../bench/database-at.ts';
import { startSink } from '../local/fixtures/sink.ts';
import { Random } from '../simulation/random.ts';
import { imbalances } from './balance.ts';
import { drain } from './drain.ts';
import { killAtRandom } from './killer.ts';
import { Operators, startOperators } from './operators.ts';
import { RunningCloud } from './running-cloud.ts';
import { startSenders } from './senders.ts';
import { readStored } from './stored.ts';
import { summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '30' },
    'drain-minutes': { type: 'string', default: '15' },
    'per-second': { type: 'string', default: '4' },
    lanes: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const kills = Number(values.kills);
const minuteMs = 60_000;
const startedAt = Date.now();
const killUntil = startedAt + Number(values.minutes) * minuteMs;
const drainMs = Number(values['drain-minutes']) * minuteMs;
const random = new Random(values.seed);
const say = (text: string) =>
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const folder = mkdtempSync(join(tmpdir(), 'hooklane-soak-'));
const sink = await startSink();
const cloud = new RunningCloud(folder, { SINK_URL: sink.url, SOAK_FOLDER: folder });
say(`seed ${values.seed}, ${kills} kills, in ${folder}`);

// Whatever hangs: nothing of this outlives its time.
const watchdog = setTimeout(
  () => {
    say('out of time');
    void cloud.kill().finally(() => process.exit(1));
  },
  killUntil + drainMs + 5 * minuteMs - Date.now(),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cloud.kill().finally(() => process.exit(130)));
}

try {
  process.exitCode = await run();
} finally {
  clearTimeout(watchdog);
  await cloud.kill();
  await sink.close();
}
if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true });
else say(`kept: ${folder}`);

async function run(): Promise<number> {
  await cloud.start();
  const senders = startSenders(cloud, sink, {
    lanesPerSource: Number(values.lanes),
    perSecond: Number(values['per-second']),
    random: random.fork('senders'),
  });
  const operators = new Operators(cloud);
  const acting = startOperators(operators, senders.accepted, random.fork('operators'));
  const events = () => [...senders.accepted.values()].flat();

  let lastSaid = 0;
  const killed = await killAtRandom(cloud, {
    kills,
    deadline: killUntil,
    random: random.fork('killer'),
    onKill(sofar) {
      if (Date.now() - lastSaid < 30_000) return;
      lastSaid = Date.now();
      const dead = [...sofar.values()].reduce((sum, count) => sum + count, 0);
      say(`${dead} killed, ${events().length} accepted, ${sink.calls.length} calls`);
    },
  });
  await senders.finish();
  await acting.stop();
  say(`killed ${[...killed].map(([victim, count]) => `${victim} ${count}`).join(', ')}`);
  say(`${events().length} events are acknowledged, ${senders.refused()} requests were not`);

  // From now on nothing fails any more.
  for (const { source, id } of events()) sink.answer(`${source}#${id}`, () => 200);
  const aheadFile = join(folder, 'ahead-ms');
  const isDrained = await drain(cloud, operators, {
    deadline: Date.now() + drainMs,
    putAhead: (ms) => writeFileSync(aheadFile, String(ms)),
    say,
  });
  say(isDrained ? 'drained' : 'NOT drained');

  const endpoints = cloud.endpoints();
  if (!endpoints) throw new Error('the cloud is not there');
  const dynamodb = databaseAt(endpoints.dynamodb);
  const stored = await readStored(dynamodb, endpoints);
  dynamodb.destroy();
  for (const line of summary(senders.accepted, stored, sink.calls, operators)) say(line);
  const wrong = imbalances(senders.accepted, stored, sink.calls, operators.acts);
  for (const line of wrong.slice(0, 50)) say(`WRONG: ${line}`);
  const dead = [...killed.values()].reduce((sum, count) => sum + count, 0);
  if (dead < kills) say(`only ${dead} of ${kills} kills in ${values.minutes} minutes`);
  say(wrong.length === 0 ? 'the balance is exact' : `${wrong.length} things are wrong`);
  return wrong.length === 0 && dead === kills ? 0 : 1;
}
