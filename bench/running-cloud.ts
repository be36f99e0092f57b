import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { endpointsSchema } from '../local/endpoints-file.ts';

/** What checkouts of before write too. */
const Endpoints = endpointsSchema
  .omit({ s3: true, secretsManager: true, deadLetterQueueUrl: true })
  .required({ databasePid: true });

export interface RunningCloud {
  /** Read anew: processes come and go. */
  endpoints(): z.infer<typeof Endpoints>;
  /** From the start of the command to the first 202. */
  readonly firstAcknowledgementMs: number;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** `npm start` of a checkout as a process of its own, on a fresh folder. */
export async function runCloud(
  checkout: string,
  application: { readonly configFile: string; readonly handlersFile: string },
  isAcknowledged: (url: string) => Promise<boolean>,
): Promise<RunningCloud> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hooklane-bench-'));
  const file = join(dataFolder, 'endpoints.json');
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      'cli/hooklane.ts',
      'start',
      '--port',
      '0',
      '--data',
      dataFolder,
      '--config',
      application.configFile,
      '--handlers',
      application.handlersFile,
    ],
    { cwd: checkout, stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const endpoints = () => Endpoints.parse(JSON.parse(readFileSync(file, 'utf8')));
  while (!existsSync(file) || !(await isAcknowledged(endpoints().url))) {
    if (child.exitCode !== null || performance.now() - startedAt > startTimeoutMs) {
      await stop();
      throw new Error('the local cloud did not start');
    }
    await sleep(5);
  }
  return { endpoints, firstAcknowledgementMs: performance.now() - startedAt, stop };
}
