import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { FunctionBundles } from '../../local/lambda/function-bundles.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const folder = temporaryFolder();
let project: string;
let projects = 0;

/** A project of its own, with a function in it. */
beforeEach(() => {
  project = join(folder, String((projects += 1)));
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  write('function.ts', "import { value } from './value.ts';\nexport const handler = () => value;\n");
  write('value.ts', 'export const value: number = 1;\n');
});
afterEach(() => vi.unstubAllEnvs());

function write(file: string, text: string): void {
  writeFileSync(join(project, file), text);
  // A file that is changed while a bundle is made is looked at again: these are older.
  const before = new Date(Date.now() - 60_000);
  utimesSync(join(project, file), before, before);
}

/** Puts a package into the project. */
function install(name: string, files: Readonly<Record<string, string>>): string {
  const installed = join(project, 'node_modules', name);
  mkdirSync(installed);
  const manifest = { name, version: '1.0.0', main: 'index.js' };
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    writeFileSync(join(installed, file), text);
  }
  return installed;
}

/** What a cloud that is started now runs. */
const bundleNow = async () => {
  const application = { configFile: join(project, 'config.ts'), handlersFile: join(project, 'handlers.ts') };
  const { bundle } = await new FunctionBundles(application, folder).codeOf(
    'example',
    join(project, 'function.ts'),
  );
  return bundle;
};

const Module = z.object({ handler: z.custom<() => unknown>((value) => typeof value === 'function') });
const run = async (bundle: string) => Module.parse(await import(pathToFileURL(bundle).href)).handler();

describe('a bundle', () => {
  test('is made once, in the project, for as long as nothing that went into it changes', async () => {
    const first = await bundleNow();
    const { mtimeMs } = statSync(join(project, 'value.ts'));
    const madeAt = statSync(first).ino;

    utimesSync(join(project, 'value.ts'), new Date(), new Date(mtimeMs + 5000));
    const second = await bundleNow();

    expect(first.startsWith(join(project, 'node_modules/.cache/hooklane/'))).toBe(true);
    expect([second, statSync(second).ino]).toEqual([first, madeAt]);
  });

  test('is another one when a file has changed, even to the same length; one that runs keeps its own', async () => {
    const first = await bundleNow();

    write('value.ts', 'export const value: number = 2;\n');
    const second = await bundleNow();

    expect(second).not.toBe(first);
    expect([await run(first), await run(second)]).toEqual([1, 2]);
  });

  test('that somebody has damaged the description of is made anew', async () => {
    const first = await bundleNow();
    const cache = join(project, 'node_modules/.cache/hooklane');
    for (const name of readdirSync(cache)) if (name.endsWith('.json')) writeFileSync(join(cache, name), '{');

    expect(await bundleNow()).toBe(first);
  });

  test('takes in packages in CommonJS that need modules of Node', async () => {
    install('common', {
      'index.js': "module.exports = { folder: __dirname, sep: require('node:path').sep };",
    });
    write('function.ts', "import common from 'common';\nexport const handler = () => common.sep;\n");

    expect(await run(await bundleNow())).toBe('/');
  });

  test('leaves packages with machine code where they are installed', async () => {
    const whereIAm = { 'index.js': 'module.exports = __filename;', 'binding.gyp': '{}' };
    const installed = install('native', whereIAm);
    write('function.ts', "import file from 'native';\nexport const handler = () => file;\n");

    expect(await run(await bundleNow())).toBe(join(installed, 'index.js'));
  });

  test('leaves a package where it is whose machine code is imported by its name', async () => {
    install('native', {
      'index.js': "exports.load = () => require('./machine.node');",
      'machine.node': '\0',
    });
    write('function.ts', "import { load } from 'native';\nexport const handler = () => typeof load;\n");

    expect(await run(await bundleNow())).toBe('function');
  });

  test('signs no call to a service of the local cloud, and every other one', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SQS', 'http://127.0.0.1:4711');
    const file = join(import.meta.dirname, 'fixtures/signs.ts');
    write('function.ts', `export { handler } from ${JSON.stringify(file)};\n`);

    expect(await run(await bundleNow())).toMatchObject({
      own: expect.stringMatching(/Signature=0$/) as unknown,
      aws: expect.stringMatching(
        /Credential=id\/\d+\/eu-central-1\/sqs\/.*Signature=[0-9a-f]{64}$/,
      ) as unknown,
      other: expect.stringMatching(/Signature=[0-9a-f]{64}$/) as unknown,
    });
  });
});
