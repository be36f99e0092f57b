import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'positions-')));
afterAll(() => rmSync(folder, { recursive: true }));

test('a trace tells the place in the sources, each time and for each place', async () => {
  const source = join(folder, 'thrown.ts');
  const bundle = join(folder, 'bundle.mjs');
  writeFileSync(
    source,
    [
      'const fail = (where: string): never => {',
      '  if (where === "third line")',
      '    throw new Error(where);',
    ]
      .concat('  throw new Error("fourth line");', '};', 'export { fail };')
      .join('\n'),
  );
  await build({ entryPoints: [source], outfile: bundle, minify: true, sourcemap: 'external', format: 'esm' });
  const script = `
    import { tellSourcePositions } from ${JSON.stringify(join(import.meta.dirname, '../../../../local/lambda/source-positions.ts'))};
    tellSourcePositions(${JSON.stringify(bundle)});
    const { fail } = await import(${JSON.stringify(bundle)});
    const places = ['third line', 'another', 'third line', 'another'].map((where) => {
      try { fail(where); } catch (error) { return error.stack.split('\\n')[1]; }
    });
    console.log(JSON.stringify(places));
  `;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  const lines = (JSON.parse(printed) as string[]).map((place) => /thrown\.ts:(\d)/.exec(place)?.[1]);
  expect(lines).toEqual(['3', '4', '3', '4']);
});
