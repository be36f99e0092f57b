import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { startCloud, type CloudOptions } from '../../local/start-cloud.ts';
import { packageVersion } from '../../functions/config/package-version.ts';
import { observe, post } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** In the checkout, where `hooklane` is the package itself. */
const folder = join(import.meta.dirname, 'fixtures/.applications');
const data = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = `import { defineConfig, none, source } from 'hooklane';
export default defineConfig({
  sources: { open: source({ verify: none(), id: 'id', lane: 'entity', retry: { attempts: 5, delaysSeconds: [1] } }) },
  tables: { seen: { partitionKey: 'id' } },
});
`;
const handlers = `import { defineHandlers } from 'hooklane';
import config from '../hooklane.config.ts';
export default defineHandlers(config, {
  'open/*': async (event, ctx) => {
    ctx.transact([{ Put: { TableName: process.env['SEEN_TABLE'], Item: { id: event.eventId } } }]);
    return { greeting: process.env['GREETING'] ?? 'none' };
  },
});
`;

/** The files of an application, by name. */
function application(name: string, files: Readonly<Record<string, string>>) {
  const own = join(folder, name);
  for (const [file, text] of Object.entries({
    'hooklane.config.ts': config,
    'handlers/index.ts': handlers,
    ...files,
  })) {
    mkdirSync(join(own, file, '..'), { recursive: true });
    writeFileSync(join(own, file), text);
  }
  return { configFile: join(own, 'hooklane.config.ts'), dataFolder: join(data, name) };
}

const start = (options: CloudOptions) => startCloud({ port: 0, drainMs: 0, ...options });

describe('an application', () => {
  test('has its table, and its variables from the .env beside its configuration', async () => {
    const cloud = await start(application('whole', { '.env': 'GREETING="hello"\n' }));
    const seen = observe(cloud);

    await post(cloud.url, 'open', { id: 'e1', entity: 'a' });
    await seen.untilState('open#e1', 'processed');

    expect((await seen.record('open#e1')).entries.at(-1)).toMatchObject({ result: { greeting: 'hello' } });
    seen.close();
    await cloud.close();
  });

  test('whose handlers throw when they are loaded takes events, which run once the handlers are mended', async () => {
    const options = application('throwing', { 'handlers/index.ts': "throw new Error('no licence');\n" });
    const lines: string[] = [];
    const broken = await start({ ...options, log: (_, line) => lines.push(line) });

    const answer = await post(broken.url, 'open', { id: 'e1', entity: 'a' });
    await broken.close();
    application('throwing', {});
    const cloud = await start(options);
    const seen = observe(cloud);
    await seen.hurry();
    await seen.untilState('open#e1', 'processed', 60_000);

    expect(answer.status).toBe(202);
    expect(lines.join('\n')).toMatch(/The handlers .* do not load\.\nno licence/);
    seen.close();
    await cloud.close();
  });
});

describe('does not start', () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'something-else',
      { 'handlers/index.ts': 'export default {};\n' },
      /handlers\/index\.ts must have defineHandlers\(config, \{ … \}\) as its default export/,
    ],
    [
      'unknown-source',
      { 'handlers/index.ts': handlers.replace("'open/*'", "'nobody/*'") },
      /handlers\["nobody\/\*"\]: there is no source "nobody"/,
    ],
    [
      'bad-table',
      { 'hooklane.config.ts': config.replace('seen:', "'no name':") },
      /tables\.no name: a table is named with lower-case letters/,
    ],
    [
      'no-entry',
      {
        'hooklane.config.ts': config.replace(
          'tables:',
          "functions: { desk: { entry: './desk.ts' } },\n  tables:",
        ),
      },
      /functions\.desk\.entry: there is no file .*desk\.ts/,
    ],
  ])('with %s', async (name, files, message) => {
    await expect(start(application(name, files))).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message) as unknown,
    });
  });

  // By Node itself: vitest loads circles in another way.
  test('with a configuration that imports its handlers', async () => {
    const { configFile, dataFolder } = application('circle', {
      'hooklane.config.ts': `import './handlers/index.ts';\n${config}`,
    });
    const program = join(import.meta.dirname, '../../cli/hooklane.ts');

    const started = promisify(execFile)(process.execPath, [
      program,
      'start',
      '--config',
      configFile,
      '--data',
      dataFolder,
    ]);

    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /It imports its handlers, and those import it; only the handlers may\./,
      ) as unknown,
    });
  });

  test('without a file of handlers', async () => {
    const { configFile, dataFolder } = application('no-handlers', {});
    rmSync(join(folder, 'no-handlers/handlers'), { recursive: true });

    await expect(start({ configFile, dataFolder })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^There is no file of handlers .*; --handlers names another\.$/,
      ) as unknown,
    });
  });

  test('on the data of a newer version, which it leaves as they are', async () => {
    const options = application('newer', {});
    mkdirSync(options.dataFolder, { recursive: true });
    writeFileSync(join(options.dataFolder, 'version'), '99.0.0');

    await expect(start(options)).rejects.toMatchObject({
      message: expect.stringContaining(
        `was written by Hooklane 99.0.0, and this is ${packageVersion}`,
      ) as unknown,
    });
    expect(readFileSync(join(options.dataFolder, 'version'), 'utf8')).toBe('99.0.0');
  });
});
