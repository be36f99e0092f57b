import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FunctionBundles } from '../../local/lambda/function-bundles.ts';
import { FunctionPool } from '../../local/lambda/function-pool.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { isAlive, until } from './fixtures/until.ts';

const folder = temporaryFolder();
const fixtures = join(import.meta.dirname, 'fixtures');
const open: FunctionPool[] = [];

const application = {
  configFile: join(fixtures, 'hooklane.config.ts'),
  handlersFile: join(fixtures, 'hooklane.handlers.ts'),
};

function pool({ most = 1, idleMs = 60_000, timeoutMs = 5000, entry = 'obedient.ts', traceFile = '' } = {}) {
  const lines: string[] = [];
  const bundles = new FunctionBundles(application, folder);
  const made = new FunctionPool(
    {
      code: () => bundles.codeOf('obedient', resolve(fixtures, entry)),
      environment: {
        PATH: process.env['PATH'] ?? '',
        AWS_LAMBDA_FUNCTION_NAME: 'obedient',
        TRACE_FILE: traceFile,
      },
      timeoutMs,
      log: (line) => lines.push(line),
    },
    { most, idleMs },
    () => undefined,
  );
  open.push(made);
  return Object.assign(made, { lines });
}

afterEach(() => Promise.all(open.splice(0).map((one) => one.close(0))));

const ValueWithPid = z.object({ value: z.object({ pid: z.number() }) });
const answer = { do: 'answer', value: { fine: true } };
const fine = { kind: 'returned', value: { fine: true } };

describe('a function', () => {
  test('runs as on Lambda: with its context, its environment, and the configuration it was started for', async () => {
    const outcome = await pool({ timeoutMs: 5000 }).invoke({ do: 'describe' });

    expect(outcome).toMatchObject({
      kind: 'returned',
      value: {
        functionName: 'obedient',
        sources: ['open', 'signed'],
        environment: { AWS_LAMBDA_FUNCTION_NAME: 'obedient' },
      },
    });
    expect(outcome).toHaveProperty(
      'value.remainingMs',
      expect.toSatisfy((ms: number) => ms > 4000 && ms <= 5000),
    );
  });

  test('fails with the name of what it throws', async () => {
    const failing = pool();

    expect(await failing.invoke({ do: 'throw' })).toEqual({
      kind: 'failed',
      type: 'TypeError',
      message: 'as asked',
    });
    await until(() => failing.lines.join('\n').includes('TypeError: as asked'), 'its log has the error');
    expect(await failing.invoke(answer)).toEqual(fine);
  });

  test('tells the place in its sources where something was thrown, not that in the bundle', async () => {
    const failing = pool();
    const lines = readFileSync(join(fixtures, 'obedient.ts'), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes("new TypeError('as asked')")) + 1;

    await failing.invoke({ do: 'throw' });

    const place = `${join(fixtures, 'obedient.ts')}:${line}:`;
    await until(() => failing.lines.join('\n').includes(place), `its log has ${place}`);
    expect(failing.lines.join('\n')).not.toContain('.mjs:1:');
  });

  test('whose sources cannot be bundled fails each invocation with the reason, until they are mended', async () => {
    const entry = join(folder, 'to-be-mended.ts');
    writeFileSync(entry, "import { value } from './not-there.ts';\nexport const handler = () => value;\n");
    const broken = pool({ entry });

    const outcome = await broken.invoke(answer);
    writeFileSync(join(folder, 'not-there.ts'), "export const value = 'mended';\n");

    expect(outcome).toMatchObject({ kind: 'failed', type: 'Runtime.ImportModuleError' });
    expect(outcome).toHaveProperty('message', expect.stringContaining('Could not resolve "./not-there.ts"'));
    expect(await broken.invoke(answer)).toEqual({ kind: 'returned', value: 'mended' });
  });

  test.each(['hang', 'spin'])(
    'that takes too long (%s) is killed, and the next one gets a fresh process',
    async (what) => {
      const slow = pool({ timeoutMs: 500 });
      await slow.invoke(answer);
      const [first = 0] = slow.pids();

      const outcome = await slow.invoke({ do: what, ms: 60_000 });
      const next = await slow.invoke(answer);

      expect(outcome).toMatchObject({ kind: 'failed', type: 'Sandbox.Timedout' });
      expect(next).toEqual(fine);
      await until(() => !isAlive(first), 'the first process is gone');
      expect(slow.pids()).not.toContain(first);
    },
  );

  test.each(['exit', 'reject'])(
    'that crashes (%s) fails its invocation, and the next one gets a fresh process',
    async (what) => {
      const crashing = pool();

      const outcome = await crashing.invoke({ do: what });
      const next = await crashing.invoke(answer);

      expect(outcome).toMatchObject({ kind: 'failed', type: 'Runtime.ExitError' });
      expect(next).toEqual(fine);
    },
  );

  test('that is killed from outside fails its invocation at once', async () => {
    const victim = pool();
    await victim.invoke(answer);

    const outcome = victim.invoke({ do: 'hang', ms: 60_000 });
    process.kill(victim.pids()[0] ?? 0, 'SIGKILL');

    expect(await outcome).toMatchObject({ kind: 'failed', message: 'The process ended with SIGKILL' });
  });

  test('that does not load fails each invocation with the reason, and starts no process by itself', async () => {
    const broken = pool({ entry: 'does-not-load.ts' });

    expect(await broken.invoke(answer)).toEqual({ kind: 'failed', type: 'Error', message: 'not today' });
    expect(await broken.invoke(answer)).toMatchObject({ kind: 'failed', message: 'not today' });
    await until(() => broken.pids().length === 0, 'no process is left');
  });

  test('that exports no handler says so', async () => {
    const outcome = await pool({ entry: 'hooklane.config.ts' }).invoke(answer);

    expect(outcome).toHaveProperty('message', expect.stringContaining('exports no function named handler'));
  });
});

describe('a pool', () => {
  test('starts as many processes as there are invocations at a time, up to its size, and makes the rest wait', async () => {
    const traceFile = join(folder, 'pool.trace');
    const two = pool({ most: 2, traceFile });
    const pidOf = async () => ValueWithPid.parse(await two.invoke({ do: 'describe' })).value.pid;
    await until(async () => {
      const [one, other] = await Promise.all([pidOf(), pidOf()]);
      return one !== other;
    }, 'two processes are there');

    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5].map((value) => two.invoke({ do: 'trace', value, ms: 100 })),
    );

    expect(outcomes).toEqual(Array.from({ length: 5 }, () => ({ kind: 'returned', value: null })));
    expect(two.pids()).toHaveLength(2);
    const lines = readFileSync(traceFile, 'utf8').trim().split('\n');
    expect(mostAtOnce(lines)).toBe(2);
    expect(mostAtOnce(lines.filter((line) => line.endsWith(` ${two.pids()[0] ?? 0}`)))).toBe(1);
  });

  test('that is kept warm replaces its last process when it dies idle', async () => {
    const warm = pool();
    await warm.warm();
    const [first = 0] = warm.pids();

    process.kill(first, 'SIGKILL');

    await until(() => warm.pids().length === 1 && warm.pids()[0] !== first, 'another process is there');
    expect(await warm.invoke(answer)).toEqual(fine);
  });

  test('lets instances go that had nothing to do for so long, but one where it is kept warm', async () => {
    const [cold, warm] = [pool({ most: 2, idleMs: 500 }), pool({ most: 2, idleMs: 500 })];
    await warm.warm();
    for (const one of [cold, warm]) {
      const outcomes = await Promise.all([1, 2].map(() => one.invoke({ do: 'hang', ms: 1500 })));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['returned', 'returned']);
      expect(one.pids()).toHaveLength(2);
    }

    await until(() => cold.pids().length === 0 && warm.pids().length === 1, 'those without work are gone');

    await sleep(1000);
    expect(warm.pids()).toHaveLength(1);
    expect(await cold.invoke(answer)).toEqual(fine);
  });

  test('starts more than there are processors where all that are there wait', async () => {
    const wide = pool({ most: 6 });

    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => wide.invoke({ do: 'hang', ms: 4000 })),
    );

    expect(outcomes.filter(({ kind }) => kind === 'returned')).toHaveLength(6);
    expect(wide.pids()).toHaveLength(6);
  });

  test('lets what runs end when it is closed, and refuses what waits or comes', async () => {
    const closing = pool();
    await closing.invoke(answer);

    const running = closing.invoke({ ...answer, ms: 200 });
    const waiting = closing.invoke(answer);
    const closed = closing.close(5000);

    expect(await waiting).toEqual({ kind: 'refused' });
    expect(await closing.invoke(answer)).toEqual({ kind: 'refused' });
    expect(await running).toEqual(fine);
    await closed;
    expect(closing.pids()).toEqual([]);
  });

  test('kills what has not ended in time when it is closed', async () => {
    const closing = pool();
    await closing.invoke(answer);
    const [pid = 0] = closing.pids();

    const running = closing.invoke({ do: 'hang', ms: 60_000 });
    await closing.close(50);

    expect(await running).toMatchObject({ kind: 'failed' });
    expect(isAlive(pid)).toBe(false);
  });
});

describe.runIf(process.platform === 'linux')('a process paused past its timeout', () => {
  test('is replaced at once, runs on when it is resumed, and is killed in the end', async () => {
    const traceFile = join(folder, 'paused.trace');
    writeFileSync(traceFile, '');
    const paused = pool({ timeoutMs: 700, traceFile });
    await paused.invoke(answer);
    const [first = 0] = paused.pids();

    const outcome = paused.invoke({ do: 'trace', value: 'a', ms: 100 });
    await until(() => readFileSync(traceFile, 'utf8').includes('start a'), 'the handler runs');
    process.kill(first, 'SIGSTOP');

    expect(await outcome).toMatchObject({ type: 'Sandbox.Timedout' });
    expect(await paused.invoke(answer)).toEqual(fine);
    expect(paused.pids()).toContain(first);
    expect(readFileSync(traceFile, 'utf8')).not.toContain('end a');
    process.kill(first, 'SIGCONT');
    await until(() => readFileSync(traceFile, 'utf8').includes('end a'), 'the paused handler goes on');
    await until(() => !isAlive(first) && paused.pids().length === 1, 'it is killed in the end');
    expect(paused.pids()).not.toContain(first);
  });
});

function mostAtOnce(lines: readonly string[]): number {
  let running = 0;
  return Math.max(...lines.map((line) => (running += line.startsWith('start') ? 1 : -1)));
}
