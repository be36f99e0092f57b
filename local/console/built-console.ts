import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reasonOf } from '../start-error.ts';

export type BuiltConsole =
  | { readonly kind: 'built'; readonly folder: string }
  | { readonly kind: 'building' }
  | { readonly kind: 'failed'; readonly reason: string };

const root = join(import.meta.dirname, '../..');
const packaged = join(root, 'console/built');

/**
 * Where the console's files are. The package brings them. In the checkout they are built of the sources, by a process of its own, when
 * somebody first asks for the console: a start waits for nothing.
 */
export function builtConsole(): () => BuiltConsole {
  if (existsSync(packaged)) return () => ({ kind: 'built', folder: packaged });
  let current: BuiltConsole | undefined;
  return () => {
    if (current !== undefined) return current;
    build().then(
      (folder) => (current = { kind: 'built', folder }),
      (error: unknown) => (current = { kind: 'failed', reason: reasonOf(error) }),
    );
    return (current = { kind: 'building' });
  };
}

async function build(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'console/build.ts')]);
  return stdout;
}
