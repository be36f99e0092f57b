import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** How packages find their machine code: by a path from their own folder, which is another one in a bundle. */
const finders = ['bindings', 'node-gyp-build', '@mapbox/node-pre-gyp', 'prebuild-install'];

const Manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/**
 * The packages with machine code among the files of a bundle, or in what esbuild says about a `.node` file that it cannot take in. They are
 * loaded from where they are installed, as those of `bundling.nodeModules` are on AWS.
 */
export function nativePackages(paths: readonly string[], root: string): readonly string[] {
  const found = new Set<string>();
  const folders = new Map<string, string>();
  for (const path of paths) {
    const isMachineCode = path.includes('.node');
    for (const [folder, name = ''] of path.matchAll(/[^\s"']*node_modules\/((?:@[^/\s]+\/)?[^/\s"']+)/g)) {
      folders.set(join(root, folder), name);
      if (isMachineCode) found.add(name);
    }
  }
  for (const [folder, name] of folders) if (isNative(folder)) found.add(name);
  return [...found];
}

function isNative(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { dependencies } = Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return finders.some((finder) => Object.hasOwn(dependencies, finder));
}
