import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ConsumerProcess {
  readonly url: string;
  readonly pid: number;
  readonly exited: Promise<unknown>;
  /** Resolves when a paused handler has charged. */
  charged(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export interface ConsumerOptions {
  readonly store: string;
  readonly table: string;
  readonly policy?: 'at-least-once' | 'at-most-once';
  readonly leaseMs?: number;
  readonly waitMs?: number;
  readonly skewMs?: number;
}

/** Starts `fixtures/consumer.ts`. It ends with its parent. */
export async function startConsumer(options: ConsumerOptions): Promise<ConsumerProcess> {
  const file = join(import.meta.dirname, 'fixtures', 'consumer.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      STORE: options.store,
      TABLE: options.table,
      POLICY: options.policy ?? 'at-least-once',
      LEASE_MS: String(options.leaseMs ?? 30_000),
      WAIT_MS: String(options.waitMs ?? 5_000),
      SKEW_MS: String(options.skewMs ?? 0),
    },
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const waiting: (() => void)[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the consumer did not start')));
    lines.on('line', (line) => {
      if (line.startsWith('port ')) resolve(Number(line.slice('port '.length)));
      if (line === 'charged') waiting.shift()?.();
    });
  });
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  return {
    url: `http://127.0.0.1:${port}/`,
    pid: child.pid ?? 0,
    exited,
    charged: () => new Promise((resolve) => waiting.push(resolve)),
    kill,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) kill('SIGKILL');
      await exited;
    },
  };
}
