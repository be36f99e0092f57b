import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { account, type Emulator } from './emulator.ts';
import { stopGroup } from './process-group.ts';

const root = join(import.meta.dirname, '../..');
const limitMs = 8 * 60_000;

/** The AWS CDK's own command, against the emulator. */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** The outputs, by what their names end with. */
  deploy(app: string, stacks: readonly string[], environment?: Environment): Promise<Outputs>;
  destroy(app: string, stacks: readonly string[], environment?: Environment): Promise<void>;
  /** Ends a command that is running. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Outputs of each stack. Their names begin with the gateway's id. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function cdkOf(emulator: Emulator, folder: string): Cdk {
  const running = new Set<ChildProcess>();
  const run = (args: readonly string[], { cwd = root, environment = {} }: Surroundings = {}) =>
    cdklocal(args, { cwd, environment: { ...emulator.environment, ...environment } }, running);
  const appArgs = (app: string) => [
    '--app',
    `${process.execPath} ${app}`,
    '--output',
    join(folder, 'cdk.out'),
  ];
  return {
    // From a folder without an application, which would be synthesized for nothing.
    bootstrap: () =>
      run(['bootstrap', `aws://${account}/${emulator.environment['AWS_REGION'] ?? ''}`], { cwd: folder }),
    async deploy(app, stacks, environment = {}) {
      const file = join(folder, 'outputs.json');
      const quiet = ['--require-approval', 'never', '--outputs-file', file];
      await run(['deploy', ...stacks, ...appArgs(app), ...quiet], { environment });
      return z
        .record(z.string(), z.record(z.string(), z.string()))
        .parse(JSON.parse(await readFile(file, 'utf8')));
    },
    destroy: (app, stacks, environment = {}) =>
      run(['destroy', ...stacks, ...appArgs(app), '--force'], { environment }),
    async stop() {
      await Promise.all([...running].map(stopGroup));
    },
  };
}

interface Surroundings {
  readonly cwd?: string;
  readonly environment?: Environment;
}

/** Silent, unless it fails. */
async function cdklocal(
  args: readonly string[],
  { cwd, environment }: Required<Surroundings>,
  running: Set<ChildProcess>,
): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin/cdklocal'), args, {
    cwd,
    env: { ...process.env, ...environment, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the application and esbuild are its children, and end with it.
    detached: true,
  });
  running.add(child);
  const limit = setTimeout(() => void stopGroup(child), limitMs);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  running.delete(child);
  if (code !== 0) throw new Error(`cdk ${args.slice(0, 2).join(' ')} ended with ${String(code)}:\n${said}`);
}
