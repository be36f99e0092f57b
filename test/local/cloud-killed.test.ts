import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { observe, post, sinkApplication } from './fixtures/sink-cloud.ts';
import { startSink, type Sink } from './fixtures/sink.ts';
import { readyCloud } from './fixtures/ready-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { isAlive, until } from './fixtures/until.ts';

const root = join(import.meta.dirname, '../..');
const dataFolder = temporaryFolder();
const started: number[] = [];
let sink: Sink;
beforeAll(async () => {
  sink = await startSink({ defaultAnswer: () => sleep(30, 200) });
});
afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(() => sink.close());

/** `npm start`, always on the same data. */
async function start() {
  const { configFile, handlersFile } = sinkApplication;
  const child = spawn(
    process.execPath,
    [
      'cli/hooklane.ts',
      'start',
      '--port',
      '0',
      '--data',
      dataFolder,
      '--config',
      configFile,
      '--handlers',
      handlersFile,
    ],
    { cwd: root, stdio: 'ignore', env: { ...process.env, SINK_URL: sink.url } },
  );
  if (child.pid !== undefined) started.push(child.pid);
  const endpoints = await readyCloud(dataFolder, child.pid);
  const seen = observe(endpoints);
  await seen.hurry();
  seen.close();
  return endpoints;
}

test('G1, G2, G3, G5: killed twice at full work, the whole cloud ends everything it acknowledged, once and in order', async () => {
  const lanes = Array.from({ length: 12 }, (_, n) => `lane-${n}`);
  const ids = (lane: string) => Array.from({ length: 8 }, (_, n) => `${lane}-${n}`);
  let cloud = await start();
  let acknowledged = 0;

  /** A provider: the events of one entity one by one, each again and again until it is acknowledged. */
  async function provide(lane: string): Promise<void> {
    for (const id of ids(lane)) {
      const body = { id, type: 'paid', entity: lane, filling: 'x'.repeat(1000) };
      const isTaken = () =>
        post(cloud.url, 'open', body).then(
          ({ status }) => status < 300,
          () => false,
        );
      await until(isTaken, `${id} is acknowledged`, 60_000);
      acknowledged += 1;
    }
  }
  const firstHeld = sink.hold('open#lane-0-2', 30_000);
  const providing = Promise.all(lanes.map(provide));
  await until(() => acknowledged >= 40 && sink.calls.length >= 10, 'everything is at work', 30_000);
  await firstHeld;
  process.kill(cloud.pid, 'SIGKILL');
  const secondHeld = Promise.any(lanes.map((lane) => sink.hold(`open#${lane}-7`, 60_000)));
  cloud = await start();
  await secondHeld;
  process.kill(cloud.pid, 'SIGKILL');
  cloud = await start();
  await providing;

  const seen = observe(cloud);
  const all = lanes.flatMap((lane) => ids(lane).map((id) => `open#${id}`));
  await seen.untilRest(all, 90_000);
  for (const lane of lanes) {
    // In the order of their acknowledgement, and each exactly once: it is the transaction that counts.
    expect(await seen.effectsOf(`open#${lane}`)).toEqual(ids(lane));
    for (const id of ids(lane)) {
      const { event, entries } = await seen.record(`open#${id}`);
      expect(entries.at(-1)?.state).toBe('processed');
      expect(event?.bodyBytes).toBeGreaterThan(1000);
      expect(new Set(sink.of(`open#${id}`).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    }
  }
  const again = all.filter((event) => sink.of(event).length > 1);
  console.log(`${all.length} events, ${sink.calls.length} runs, ${again.length} events ran more than once`);
  expect(again.length).toBeGreaterThanOrEqual(2);
  expect(await seen.deadLetters()).toBe(0);
  seen.close();
}, 200_000);
