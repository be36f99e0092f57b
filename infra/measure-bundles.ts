import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { functions } from '../functions/runtime/settings.ts';
import { bundleOptions } from '../functions/config/bundle-options.ts';

/** Prints the size of every function's bundle, how long its import takes and which packages it is made of (`npm run bundle`). */
const packagesShown = 15;

const folder = await mkdtemp(join(tmpdir(), 'hooklane-bundles-'));
const application = {
  configFile: join(import.meta.dirname, '../hooklane.config.ts'),
  handlersFile: join(import.meta.dirname, '../handlers/index.ts'),
};
for (const [name, { entry }] of Object.entries(functions)) {
  const outfile = join(folder, `${name}.mjs`);
  const { metafile } = await build({
    ...bundleOptions(name, application),
    entryPoints: [entry],
    outfile,
    metafile: true,
  });
  console.log(
    `\n${name}: ${kilobytes(bundleBytes(metafile))}, ${await coldImportMs(outfile)} ms of processor time to import`,
  );
  for (const [source, bytes] of bytesBySource(metafile).slice(0, packagesShown)) {
    console.log(`${kilobytes(bytes).padStart(10)}  ${source}`);
  }
}
await rm(folder, { recursive: true });

/** Until the configuration asks for what only Lambda sets. Other work only adds to it, so the best of several processes counts. */
async function coldImportMs(file: string): Promise<string> {
  const text = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(file)}).catch(() => undefined);
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);
    process.exit();`;
  const times = [];
  for (let i = 0; i < 7; i++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text]);
    times.push(Number(stdout));
  }
  return Math.min(...times).toFixed(0);
}

function bundleBytes(metafile: Metafile): number {
  return Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
}

/** By npm package, or by folder for our own files; largest first. */
function bytesBySource(metafile: Metafile): [string, number][] {
  const totals = new Map<string, number>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const source = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.replace(/\/[^/]*$/, '');
      totals.set(source, (totals.get(source) ?? 0) + bytesInOutput);
    }
  }
  return [...totals].sort(([, a], [, b]) => b - a);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
