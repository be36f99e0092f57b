import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findDynoxide, startDynoxide } from '../../local/dynamodb/dynoxide.ts';
import { readEndpoints } from '../../local/endpoints-file.ts';
import { freePort, listen, stopListening } from '../../local/loopback.ts';
import { readyCloud } from './fixtures/ready-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { isAlive, until } from './fixtures/until.ts';

const root = join(import.meta.dirname, '../..');
const folder = temporaryFolder();
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const node = [process.execPath, 'cli/hooklane.ts', 'start'] as const;
const npm = ['npm', 'start', '--'] as const;

/** What `npm start -- ARGS` runs. */
const start = (...args: string[]) => startBy(node, args);

function startBy([command, ...first]: readonly [string, ...string[]], args: readonly string[], env = {}) {
  const child = spawn(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.push(child);
  const output = { text: '' };
  child.stdout.on('data', (piece: Buffer) => (output.text += piece.toString()));
  const exited = once(child, 'exit').then(([code]) => z.number().nullable().parse(code));
  return { child, output, exited, errors: text(child.stderr) };
}

describe('npm start says what is wrong, in few words, and does not end with 0', () => {
  async function refusal(...args: string[]): Promise<string> {
    const { exited, errors } = start(...args);
    expect(await exited).toBe(args.includes('--prot') ? 2 : 1);
    const message = await errors;
    expect(message).not.toMatch(/\n\s+at |Warning/);
    return message;
  }

  test('an option that it does not know', async () => {
    expect(await refusal('--prot', '1')).toMatch(/^error: unknown option '--prot'\n/);
  });

  test('a port in use', async () => {
    const other = createServer();
    const port = await listen(other, 0, 'other');

    expect(await refusal('--port', String(port), '--data', join(folder, 'port'))).toBe(
      `Port ${port} (the gateway) is in use. Choose another with --port.\n`,
    );
    await stopListening(other);
  });

  test('a data folder that cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    expect(await refusal('--port', '0', '--data', join(file, 'data'))).toMatch(
      /^The data folder .* cannot be written: ENOTDIR/,
    );
  });

  test('a platform whose database is not installed: the command that installs it, and what does without', async () => {
    const elsewhere = "Object.defineProperty(process, 'platform', { value: 'haiku' })";
    const onHaiku = [process.execPath, '--import', `data:text/javascript,${elsewhere}`, ...node.slice(1)];
    const args = ['--port', '0', '--data', join(folder, 'haiku')];
    const [command = '', ...first] = onHaiku;

    const { exited, errors } = startBy([command, ...first], args);

    expect(await exited).toBe(1);
    expect(await errors).toMatch(
      /^The local DynamoDB for this platform is not installed\. Run\n {2}npm install --no-save @dynoxide\/haiku-\w+@\d+\.\d+\.\d+\nor set HOOKLANE_DYNAMODB_ENDPOINT to one that runs, .*\n$/,
    );
  });

  test('a configuration that is not there', async () => {
    expect(await refusal('--port', '0', '--data', join(folder, 'none'), '--config', 'nowhere.ts')).toMatch(
      /^There is no configuration file .*nowhere\.ts\.\n$/,
    );
  });

  test('a configuration with mistakes: all of them, by path', async () => {
    const config = 'test/local/fixtures/mistaken.config.ts';
    const handlers = 'test/local/fixtures/mistaken.handlers.ts';

    const message = await refusal(
      '--port',
      '0',
      '--data',
      join(folder, 'mistaken'),
      '--config',
      config,
      '--handlers',
      handlers,
    );

    expect(message).toMatch(/^ {2}sources\.open\.retry\.attempts: /m);
    expect(message).toMatch(/^ {2}handlers\S*nobody\S*: /m);
  });

  test('secrets that are no secrets', async () => {
    const dataFolder = join(folder, 'secrets');
    const { child } = start('--port', '0', '--data', dataFolder);
    await readyCloud(dataFolder);
    child.kill('SIGTERM');
    await once(child, 'exit');
    writeFileSync(join(dataFolder, 'secrets.json'), '{"payments": "secret"}');

    expect(await refusal('--port', '0', '--data', dataFolder)).toMatch(
      /secrets\.json must be a JSON object of lists/,
    );
  });

  test.each([
    ['queues.db', /^The queues in .*queues\.db cannot be opened: file is not a database\.\n$/],
    ['tables.db', /^The local DynamoDB does not answer on .*tables\.db: .*not a valid SQLite database.*\n$/],
  ])('a damaged %s', { timeout: 30_000 }, async (name, message) => {
    const dataFolder = join(folder, `damaged-${name}`);
    mkdirSync(dataFolder);
    writeFileSync(join(dataFolder, name), 'no database '.repeat(1000));

    expect(await refusal('--port', '0', '--data', dataFolder)).toMatch(message);
  });
});

describe('npm start', () => {
  test('prints a request that is processed as often as it is pasted, and Ctrl-C stops everything', async () => {
    const dataFolder = join(folder, 'sample');
    const { child, output, exited } = start('--port', '0', '--data', dataFolder);
    await readyCloud(dataFolder);
    await until(() => output.text.includes('Ctrl-C'), 'everything is printed');
    const pasted = /^id=.*\ncurl .*\n.*\ncurl .*$/m.exec(output.text)?.[0] ?? '';
    const [lookAgain = ''] = pasted.split('\n').slice(-1);
    const untilProcessed = `until ${lookAgain} -s | grep '"state":"processed"'; do sleep 0.1; done`;

    const answers = [await shell(pasted), await shell(`${pasted}\n${untilProcessed}`)];

    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 202 [^]*\{"source":"payments"/);
    const { databasePid, functionPids } = await readyCloud(dataFolder);
    const pids = [databasePid, ...Object.values(functionPids).flat()];
    expect(pids.length).toBeGreaterThanOrEqual(3);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(join(dataFolder, 'endpoints.json'))).toBe(false);
  });

  test('serves from a database that runs elsewhere', async () => {
    const dataFolder = join(folder, 'elsewhere');
    const database = await startDynoxide({
      binary: findDynoxide() ?? '',
      port: await freePort(0),
      file: join(folder, 'elsewhere.db'),
      log: () => undefined,
      onRestart: () => undefined,
    });

    const { child } = startBy(node, ['--port', '0', '--data', dataFolder], {
      HOOKLANE_DYNAMODB_ENDPOINT: database.endpoint,
    });

    await until(() => readEndpoints(dataFolder) !== undefined, 'the cloud is ready');
    const { url = '', dynamodb } = readEndpoints(dataFolder) ?? {};
    expect(dynamodb).toBe(database.endpoint);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(existsSync(join(dataFolder, 'tables.db'))).toBe(false);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await database.close();
  });

  test.each([
    ['npm start', npm],
    ['hooklane start', node],
  ])('%s stops everything on SIGTERM', async (_, command) => {
    const dataFolder = join(folder, `terminated-${command[0] === 'npm' ? 'npm' : 'node'}`);
    const { child } = startBy(command, ['--port', '0', '--data', dataFolder]);
    const { pid, url, databasePid, functionPids } = await readyCloud(dataFolder);
    await fetch(`${url}/health`);
    const pids = [pid, databasePid, ...Object.values(functionPids).flat()];

    child.kill('SIGTERM');

    await until(() => !pids.some(isAlive) && !existsSync(join(dataFolder, 'endpoints.json')), 'all are gone');
  });

  test('stops in good order when nobody reads its output any more', async () => {
    const dataFolder = join(folder, 'unread');
    const { child, output, exited, errors } = start('--port', '0', '--data', dataFolder);
    const { url } = await readyCloud(dataFolder);
    await until(() => output.text.includes('Ctrl-C'), 'everything is printed');
    child.stdout.destroy();

    // It may be cut off: what is written of it is what stops the cloud.
    await fetch(`${url}/webhooks/nobody`, { method: 'POST', body: 'something to log' }).catch(
      () => undefined,
    );

    expect(await exited).toBe(0);
    expect(await errors).toBe('');
    expect(existsSync(join(dataFolder, 'endpoints.json'))).toBe(false);
  });

  test('stops at once on a second Ctrl-C, while a handler still runs', async () => {
    const dataFolder = join(folder, 'impatient');
    const [config, handlers] = ['config', 'handlers'].map((file) => `test/local/fixtures/slow.${file}.ts`);
    const { child, output, exited } = start(
      '--port',
      '0',
      '--data',
      dataFolder,
      '--config',
      config ?? '',
      '--handlers',
      handlers ?? '',
    );
    const { url, functionPids, databasePid } = await readyCloud(dataFolder);
    await fetch(`${url}/webhooks/slow`, {
      method: 'POST',
      body: '{"id":"1"}',
      headers: { 'content-type': 'application/json' },
    });
    await until(() => output.text.includes('the slow handler runs'), 'the handler runs');

    child.kill('SIGINT');
    await sleep(300);
    expect(isAlive(child.pid ?? 0)).toBe(true);
    child.kill('SIGINT');

    expect(await exited).toBe(130);
    const pids = [databasePid, ...Object.values(functionPids).flat()];
    await until(() => pids.every((pid) => !isAlive(pid)), 'every process is gone');
  });
});

async function shell(command: string): Promise<string> {
  return text(spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout);
}
