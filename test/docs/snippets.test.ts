import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../functions/config/config.ts';
import { featureFlags } from '../infra/synthesis.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
/** In the checkout, where `hooklane` is the package itself. */
const folder = join(import.meta.dirname, '.snippets');

const documents = ['README.md', 'docs/sources.md'];
const snippets = documents.flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/^```ts(?: file=(\S+))?\n([^]*?)^```$/gm)].map(
    ([, file, text = '']) => ({ document, file, text }),
  ),
);
const fileOf = (document: string, file: string) => join(folder, document.replace(/\W/g, '-'), file);

beforeAll(() => {
  for (const { document, file, text } of snippets) {
    if (file === undefined) continue;
    mkdirSync(dirname(fileOf(document, file)), { recursive: true });
    writeFileSync(fileOf(document, file), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every snippet says which file it is', () => {
  expect(snippets.length).toBeGreaterThan(6);
  expect(snippets.filter(({ file }) => file === undefined)).toEqual([]);
});

test('every snippet has the right types', () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = snippets.map(({ document, file = '' }) => fileOf(document, file));

  const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));

  const messages = found.map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
  expect(messages).toEqual([]);
});

test.each(snippets.filter(({ file = '' }) => /(hooklane.config|handlers\/index)\.ts$/.test(file)))(
  '$document: $file has no mistakes',
  async ({ document, file = '' }) => {
    const loaded = (await import(pathToFileURL(fileOf(document, file)).href)) as {
      default: Pick<Config, 'mistakes'>;
    };

    expect(loaded.default.mistakes).toEqual([]);
  },
);

test("the README's test of its handlers passes", async () => {
  const { stdout } = await run(process.execPath, ['--test', 'test/handlers.test.ts'], {
    cwd: fileOf('README.md', ''),
    // A test runner within one keeps quiet about its tests.
    env: { PATH: process.env['PATH'] },
  });

  expect(stdout).toContain('pass 1');
});

test("the README's stack is made, with the topic that its handlers may publish to", async () => {
  const out = fileOf('README.md', 'cdk.out');

  await run(process.execPath, ['infra/app.ts'], {
    cwd: fileOf('README.md', ''),
    env: {
      PATH: process.env['PATH'],
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, 'aws:cdk:bundling-stacks': [] }),
    },
  });

  const template = readFileSync(join(out, 'Shop.template.json'), 'utf8');
  expect(template).toContain('INVOICES_TOPIC');
  expect(template).toContain('sns:Publish');
});
