import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonPackage } from '../support/python-package.ts';
import { stopGroup } from './process-group.ts';

const version = '1.5.33';
const region = 'us-east-1';
export const account = '000000000000';

export interface Emulator {
  readonly endpoint: string;
  /** For the CLI and the SDK: the account's root, to which no policy applies. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts MiniStack with policies enforced, on a free port, without state, its log in `folder`. Functions run as processes of this very Node. */
export async function startEmulator(folder: string): Promise<Emulator> {
  const python = join(await pythonPackage('ministack', version), 'python');
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'emulator.log'), 'a');
  const child = spawn(python, [join(import.meta.dirname, 'start-ministack.py')], {
    stdio: ['ignore', log, log],
    // A group of its own: functions are its children, and end with it.
    detached: true,
    env: {
      PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      AUTH: 'true',
      LAMBDA_EXECUTOR: 'local',
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
    },
  });
  const stop = () => stopGroup(child);
  try {
    await untilUp(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return { endpoint, environment, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

async function untilUp(endpoint: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${child.exitCode}`);
    const answered = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answered?.ok === true) return;
    await sleep(200);
  }
  throw new Error('the emulator did not come up within a minute');
}
