/**
 * `npm run keep-version`, at each release: keeps the functions of this version, and what of its stack an update may not change. What is released
 * next is run side by side with it, and compared to it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod';
import { buildStack } from '../infra/synthesis.ts';
import { resourcesOf } from '../infra/template.ts';
import { stackFactsOf } from './stack-facts.ts';

const root = join(import.meta.dirname, '../..');
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const folder = join(import.meta.dirname, version);
mkdirSync(folder, { recursive: true });

// Packages stay outside: the commands of the SDK have to be those that the simulated services know.
await build({
  entryPoints: [join(root, 'test/simulation/composition.ts')],
  outfile: join(folder, 'functions.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 140,
});
writeFileSync(
  join(folder, 'stack.json'),
  `${JSON.stringify(stackFactsOf(resourcesOf(buildStack())), null, 1)}\n`,
);
console.log(`kept in ${relative(root, folder)}`);
