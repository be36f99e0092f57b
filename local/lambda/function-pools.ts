import { join, resolve } from 'node:path';
import { functionSettings, type FunctionName } from '../../functions/runtime/settings.ts';
import type { Config } from '../../functions/config/config.ts';
import type { Outcome } from './function-outcome.ts';
import { FunctionPool } from './function-pool.ts';
import { lambdaEnvironment, type ServiceEndpoints } from './lambda-environment.ts';

const root = join(import.meta.dirname, '../..');

/** Fewer than on AWS: a letter takes a few milliseconds, and each process the memory of a whole function. */
export const deadLetterProcesses = 2;

/** Every function's processes. */
interface FunctionPools {
  invoke(name: FunctionName, event: unknown): Promise<Outcome>;
  pids(name: FunctionName): number[];
  /** Starts what every webhook needs, before the first one comes. Resolves when it is loaded, with what is not. */
  warm(): Promise<{ readonly name: FunctionName; readonly reason: string }[]>;
  close(): Promise<void>;
}

export function openFunctionPools(options: {
  readonly configFile: string;
  readonly config: Config;
  readonly workers: number;
  readonly entries: Partial<Readonly<Record<FunctionName, string>>>;
  readonly services: ServiceEndpoints;
  readonly environment: Readonly<Record<string, string>>;
  readonly drainMs: number;
  readonly log: (from: string, line: string) => void;
  readonly onChange: () => void;
}): FunctionPools {
  const open = (name: FunctionName, size: number): FunctionPool => {
    const { entry, memoryMb, timeoutSeconds } = functionSettings(name, options.config);
    const spec = {
      entry: resolve(root, options.entries[name] ?? entry),
      configFile: options.configFile,
      environment: {
        ...lambdaEnvironment(name, memoryMb, options.services, process.env),
        ...options.environment,
      },
      timeoutMs: timeoutSeconds * 1000,
      log: (line: string) => options.log(name, line),
    };
    return new FunctionPool(spec, size, options.onChange);
  };
  const pools: Readonly<Record<FunctionName, FunctionPool>> = {
    ingest: open('ingest', 2),
    processor: open('processor', options.workers),
    'dead-letter': open('dead-letter', deadLetterProcesses),
    sweeper: open('sweeper', 1),
    ops: open('ops', 1),
    orders: open('orders', 1),
  };

  const warm = async (name: FunctionName) => {
    const outcome = await pools[name].warm();
    return outcome?.kind === 'failed' ? [{ name, reason: outcome.message }] : [];
  };
  return {
    invoke: (name, event) => pools[name].invoke(event),
    pids: (name) => pools[name].pids(),
    warm: async () => (await Promise.all([warm('ingest'), warm('processor')])).flat(),
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.close(options.drainMs)));
    },
  };
}
