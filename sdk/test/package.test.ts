import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const index = join(import.meta.dirname, '..', 'src', 'index.ts');

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: code.replace('@hooklane/consumer', index),
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    splitting: true,
    outdir: 'out',
  });
  return outputFiles.find(({ path }) => path.endsWith('stdin.js'))?.text ?? '';
}

test('a bundle holds only the store that is used', async () => {
  const text = await bundle(`export { idempotent, sqlite } from '@hooklane/consumer'`);

  expect(text).toContain('BEGIN IMMEDIATE');
  for (const other of [
    'HGETALL',
    'ER_DUP_ENTRY',
    'TransactWriteCommand',
    'pg_advisory',
    'multiValueHeaders',
  ]) {
    expect(text).not.toContain(other);
  }
});

test('the package depends on nothing', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });

  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest.sideEffects).toBe(false);
  expect(Object.values(manifest.peerDependenciesMeta).every(({ optional }) => optional)).toBe(true);
});
