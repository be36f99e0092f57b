import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { knownOperations, type AnswerOf } from '../../cli/operations/known-operations.ts';
import { readEndpoints } from '../../local/endpoints-file.ts';
import { startServiceFront, type ServiceFront } from './fixtures/service-front.ts';
import { sideBySide } from './fixtures/side-by-side.ts';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { startSink } from './fixtures/sink.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** 100 in the figures of a release; fewer, so that the tests stay short. */
const lanes = Number(process.env['HOOKLANE_BULK_LANES'] ?? 10);
const inLane = 20;
const events = lanes * inLane;
/** For as many as a release asks for, on a machine that does other things beside. */
const patienceMs = 60_000 + events * 100;

const root = join(import.meta.dirname, '../..');
const dataFolder = temporaryFolder();
const started: ChildProcess[] = [];
let cloud: SinkCloud;
let database: ServiceFront;
let answer = 422;
beforeAll(async () => {
  database = await startServiceFront();
  const sink = await startSink({ defaultAnswer: () => answer });
  const environment = { AWS_ENDPOINT_URL_DYNAMODB: database.url };
  cloud = await startSinkCloud({ dataFolder, sink, environment });
  database.connect(cloud.cloud.dynamodb);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await cloud.close();
  await database.close();
});

/** `hooklane jobs …` in a process of its own. */
function jobs(...args: string[]) {
  const line = ['cli/hooklane.ts', 'jobs', ...args, '--json', '--data', dataFolder];
  const child = spawn(process.execPath, line, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([output, errors]) => ({ code: child.exitCode, signal: child.signalCode, output, errors }),
  );
  return { child, ended };
}

async function job(...args: string[]): Promise<AnswerOf<'readJob'>> {
  const { code, output, errors } = await jobs(...args).ended;
  expect([code, errors]).toEqual([0, '']);
  return knownOperations.readJob.answer.parse(JSON.parse(output));
}

const run = (id: string) => jobs('run', id, '--reason', 'go on');

/** The request that a killed command had made may still be at work: then whoever comes next is refused, and asks again. */
async function runToTheEnd(id: string): Promise<void> {
  for (;;) {
    const { code, errors } = await run(id).ended;
    if (code === 0) return;
    expect([code, errors]).toEqual([4, expect.stringContaining('job-refused')]);
    if ((await job('show', id)).state === 'finished') return;
  }
}

async function failAll(): Promise<readonly (readonly string[])[]> {
  const byLane = Array.from({ length: lanes }, (_, lane) =>
    Array.from({ length: inLane }, (_, n) => `${lane}-${n}`),
  );
  await sideBySide([...byLane.entries()], 8, async ([lane, ids]) => {
    for (const id of ids) await cloud.send('open', { id, type: 'paid', entity: `lane-${lane}` });
  });
  await until(async () => (await cloud.deadLetters()) === events, 'all have failed', patienceMs);
  return byLane;
}

/** How often the ledger says that the job has redriven an event. */
async function redrivenBy(id: string, ids: readonly string[]): Promise<readonly number[]> {
  const counts: number[] = [];
  await sideBySide(ids, 8, async (event) => {
    const { entries } = await cloud.record(`open#${event}`);
    counts.push(
      entries.filter((entry) => 'reason' in entry && entry.reason === `repaired (job ${id})`).length,
    );
  });
  return counts;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

test(
  'G3, G5, G7: a bulk redrive, its function killed and its command killed, each in the middle, runs each event once, in order, and counts right',
  async () => {
    const byLane = await failAll();
    const ids = byLane.flat();
    answer = 200;
    const rerun = () => cloud.sink.calls.length - events;
    const planned = await job('plan', 'redrive', '--source', 'open', '--rate', '50', '--reason', 'repaired');
    const { id } = planned;

    // The function dies behind what it did and before it has written that down.
    const first = run(id);
    await until(() => rerun() >= events / 4, 'a quarter has run', patienceMs);
    await database.swallow({ target: 'PutItem', contains: '"JOBS"', what: 'request' });
    for (const pid of readEndpoints(dataFolder)?.functionPids['ops'] ?? []) process.kill(pid, 'SIGKILL');
    const withoutFunction = await first.ended;
    const unwritten = await job('show', id);
    const redrivenThen = sum(await redrivenBy(id, ids));

    const second = run(id);
    const goneOn = () => rerun() >= Math.max(events / 2, redrivenThen + 1);
    await until(goneOn, 'it goes on', patienceMs);
    second.child.kill('SIGKILL');
    const killed = await second.ended;
    const inTheMiddle = await job('show', id);
    await runToTheEnd(id);
    const finished = await job('show', id);
    await cloud.untilRest(
      ids.map((event) => `open#${event}`),
      patienceMs,
    );

    console.info(
      `${events} events in ${lanes} lanes: function killed with ${redrivenThen} redriven and ${unwritten.progress.done} written down, ` +
        `command killed with ${inTheMiddle.progress.done} written down, ${JSON.stringify(finished.progress)}, ${rerun()} runs`,
    );
    expect(planned.plan).toMatchObject({ events, lanes, isWhole: true });
    expect(withoutFunction.code).not.toBe(0);
    expect(unwritten.progress.done).toBeLessThan(redrivenThen);
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(inTheMiddle.progress.left).toBeGreaterThan(0);
    expect(finished.progress).toEqual({ done: events, refused: 0, movedOn: 0, left: 0 });
    expect(new Set(await redrivenBy(id, ids))).toEqual(new Set([1]));
    for (const [lane, inOrder] of byLane.entries())
      expect(await cloud.effectsOf(`open#lane-${lane}`)).toEqual(inOrder);
    for (const event of ids) {
      const calls = cloud.sink.of(`open#${event}`);
      // When it failed, and when it was redriven.
      expect(calls).toHaveLength(2);
      expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    }
  },
  4 * patienceMs,
);
