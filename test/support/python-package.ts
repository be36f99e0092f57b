import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The `bin` of a Python environment that has this package alone: kept between runs, made where it is not there. Needs Python 3. */
export async function pythonPackage(name: string, version: string): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hooklane');
  const kept = join(cache, `${name}-${version}`);
  const bin = join(kept, 'bin');
  // Written at the end, so that an installation that was cut off does not count.
  const complete = join(kept, 'complete');
  if (existsSync(complete)) return bin;
  await mkdir(cache, { recursive: true });
  await rm(kept, { recursive: true, force: true });
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', kept], { timeout: 180_000 });
  await run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', `${name}==${version}`], {
    timeout: 180_000,
  });
  await writeFile(complete, '');
  return bin;
}
