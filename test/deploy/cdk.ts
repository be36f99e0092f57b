import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { account, type Emulator } from './emulator.ts';

const root = join(import.meta.dirname, '../..');
const limitMs = 8 * 60_000;

/** The AWS CDK's own command, against the emulator. */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** The outputs, by what their names end with. */
  deploy(app: string, stacks: readonly string[], environment?: Environment): Promise<Outputs>;
  destroy(app: string, stacks: readonly string[], environment?: Environment): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Outputs of each stack. Their names begin with the gateway's id. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function cdkOf(emulator: Emulator, folder: string): Cdk {
  const run = (args: readonly string[], environment: Environment = {}) =>
    cdklocal(args, { ...emulator.environment, ...environment });
  const appArgs = (app: string) => [
    '--app',
    `${process.execPath} ${app}`,
    '--output',
    join(folder, 'cdk.out'),
  ];
  return {
    bootstrap: () => run(['bootstrap', `aws://${account}/${emulator.environment['AWS_REGION'] ?? ''}`]),
    async deploy(app, stacks, environment) {
      const file = join(folder, 'outputs.json');
      await run(
        ['deploy', ...stacks, ...appArgs(app), '--require-approval', 'never', '--outputs-file', file],
        environment,
      );
      return z
        .record(z.string(), z.record(z.string(), z.string()))
        .parse(JSON.parse(await readFile(file, 'utf8')));
    },
    destroy: (app, stacks, environment) =>
      run(['destroy', ...stacks, ...appArgs(app), '--force'], environment),
  };
}

/** Silent, unless it fails. */
async function cdklocal(args: readonly string[], environment: Environment): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin/cdklocal'), args, {
    cwd: root,
    env: { ...process.env, ...environment, CI: 'true' },
    timeout: limitMs,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`cdk ${args.slice(0, 2).join(' ')} ended with ${String(code)}:\n${said}`);
}
