import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createOnce, sqlite } from '../src/index.ts';
import { sqliteFile } from './sqlite-file.ts';

const hasSqlite = Number(process.versions.node.split('.')[0]) >= 22;

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'src', 'cli.ts'), ...args],
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

// It starts eleven processes.
test.skipIf(!hasSqlite)('lists what needs somebody, and repairs it', { timeout: 120_000 }, async () => {
  const { file, remove } = sqliteFile();
  const at = ['--store', `sqlite:${file}`];
  expect(await run('migrate', ...at)).toMatchObject({ code: 0, out: 'done\n' });
  const store = sqlite(file);
  const once = createOnce({ store, policy: 'at-most-once' });
  await once({ key: 'no' }, () => Promise.reject(new Error('card declined')));
  await store.insert({
    key: 'died',
    owner: 'host/1/x',
    digest: undefined,
    onCrash: 'quarantine',
    leaseMs: 1,
  });
  await sleep(20);

  const listed = await run('list', ...at);
  expect(listed.out).toMatch(
    /^quarantined\tdied\tattempt 1\t.*an attempt ended without a word\nfailed\tno\t.*card declined\n$/,
  );
  expect((await run('show', 'no', ...at)).out).toContain('no is failed, attempt 1');
  expect(JSON.parse((await run('show', 'no', '--json', ...at)).out)).toMatchObject({
    key: 'no',
    state: 'failed',
  });
  expect(await run('resolve', 'no', ...at)).toMatchObject({ code: 2 });
  expect(await run('resolve', 'no', '--reason', 'paid in cash', ...at)).toMatchObject({ code: 0 });
  expect(await run('retry', 'died', '--reason', 'was not charged', ...at)).toMatchObject({ code: 0 });
  expect(await run('retry', 'died', '--reason', 'again', ...at)).toMatchObject({
    code: 1,
    out: 'not-allowed\n',
  });
  expect(await run('list', ...at)).toMatchObject({ code: 0, out: '' });
  expect((await once({ key: 'died' }, () => 'ran')).kind).toBe('ran');
  expect((await run('sweep', ...at)).out).toBe('0 deleted, 0 quarantined\n');
  await store.close();
  remove();
});

test.each([
  [[], 2],
  [['list'], 2],
  [['nothing', '--store', 'sqlite:/tmp/none'], 2],
  [['list', '--store', 'ftp://x'], 1],
  [['list', 'sideways', '--store', 'sqlite:/tmp/none'], 2],
  [['list', '--nonsense'], 2],
  [['--help'], 0],
  [['schema', 'postgres', '--table', 'mine'], 0],
  [['schema', 'postgres', '--table', 'x; drop table y'], 1],
])('%j ends with code %i', async (args, code) => {
  const env = await run(...args);

  expect(env.code, env.err).toBe(code);
});
