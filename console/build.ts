/**
 * `node console/build.ts`: builds the console, and the API reference in its folder `docs`, unless it was built of the same sources before, and prints the folder that it is in.
 * `node console/build.ts DIR` builds it into that folder.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const [asked] = process.argv.slice(2);

if (asked === undefined) process.stdout.write(await cached());
else await build(resolve(asked));

async function cached(): Promise<string> {
  const cache = join(root, 'node_modules/.cache/hooklane-console');
  const folder = join(cache, sourcesHash());
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  await build(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster: what it built is the same.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Of everything that gets into the page: its own files and the versions of its libraries. Of the functions it has types, and one file of texts. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = globSync(
    [
      'console/{src,public,reference}/**/*',
      'console/index.html',
      'console/*.ts',
      'functions/ops/meanings.ts',
      'package-lock.json',
    ],
    { cwd: root, withFileTypes: true },
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

async function build(outDir: string): Promise<void> {
  // Of whoever asks: a test would get React's development build, half as fast, and leave it in the cache for everybody.
  process.env['NODE_ENV'] = 'production';
  // A development dependency, which takes half a second to load: only where something is to be built.
  const vite = await import('vite');
  await vite.build({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    // The design system's modules say 'use client', which means nothing here and is warned of a hundred times.
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  reference(join(outDir, 'docs'));
}

/** The page and what draws it, which comes built. Licenses go with it. */
function reference(folder: string): void {
  cpSync(join(import.meta.dirname, 'reference'), folder, { recursive: true });
  const library = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const script = 'swagger-ui-bundle.js';
  for (const file of [script, `${script}.LICENSE.txt`, 'swagger-ui.css', 'LICENSE', 'NOTICE'])
    cpSync(join(library, file), join(folder, file));
}
