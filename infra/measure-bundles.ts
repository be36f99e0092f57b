import { build, type Metafile } from 'esbuild';
import { functions, type FunctionName } from '../functions/runtime/settings.ts';
import { esbuildOptions } from './constructs/bundling.ts';

/** Prints the size of every function's bundle and which packages it is made of (`npm run bundle`). */
const packagesShown = 15;

const names: readonly FunctionName[] = ['ingest', 'processor', 'dead-letter', 'sweeper', 'ops', 'orders'];

for (const name of names) {
  const { metafile } = await build({
    ...esbuildOptions(name),
    entryPoints: [functions[name].entry],
    outfile: 'bundle.mjs',
    write: false,
    metafile: true,
  });
  console.log(`\n${name}: ${kilobytes(bundleBytes(metafile))}`);
  for (const [source, bytes] of bytesBySource(metafile).slice(0, packagesShown)) {
    console.log(`${kilobytes(bytes).padStart(10)}  ${source}`);
  }
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
