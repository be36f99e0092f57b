import { dirname, resolve } from 'node:path';
import type { Config } from '../../functions/config/config.ts';
import { packageFile } from '../../functions/config/package-file.ts';
import {
  functions,
  functionSettings,
  ownFunctionSettings,
  tableVariable,
  type FunctionName,
  type FunctionSettings,
} from '../../functions/runtime/settings.ts';
import { tableName } from '../dynamodb/dynamodb.ts';
import type { ApplicationFiles } from '../../functions/config/application-files.ts';
import type { Outcome } from './function-outcome.ts';
import type { FunctionBundles } from './function-bundles.ts';
import { FunctionPool } from './function-pool.ts';
import { lambdaEnvironment, type ServiceEndpoints } from './lambda-environment.ts';

/** Fewer than on AWS: a letter takes a few milliseconds, and each process the memory of a whole function. */
export const deadLetterProcesses = 1;

/** All functions share the processors of one machine: ten letters in one invocation leave the lanes more of them than ten invocations. */
export const deadLettersGatherMs = 100;

/** Requests that one function answers at the same time: as many as senders who wait for a database that is silent, on any laptop. */
const requestsAtOnce = 16;

/** What every webhook needs: one instance of each is always there. */
export const keptWarm = ['ingest', 'processor'] as const;

/** The file of one of Hooklane's own functions, or what is to run in its place. */
export const entryOf = (name: FunctionName, instead: Readonly<Record<string, string>> = {}): string =>
  resolve(instead[name] ?? packageFile(functions[name].entry));

/** Every function's instances. */
interface FunctionPools {
  invoke(name: string, event: unknown): Promise<Outcome>;
  /** By function. */
  pids(): Readonly<Record<string, number[]>>;
  /** Starts what every webhook needs, before the first one comes. Resolves when it is loaded, with what is not. */
  warm(): Promise<{ readonly name: FunctionName; readonly reason: string }[]>;
  close(): Promise<void>;
}

export function openFunctionPools(options: {
  readonly application: ApplicationFiles;
  readonly config: Config;
  readonly bundles: FunctionBundles;
  readonly workers: number;
  /** How long an instance lives with nothing to do. */
  readonly idleMs: number | undefined;
  /** Files to run in place of a function's own. */
  readonly entries: Readonly<Record<string, string>>;
  readonly services: ServiceEndpoints;
  readonly environment: Readonly<Record<string, string>>;
  /** Of handlers and of the configuration's own functions alone: what `.env` says. */
  readonly handlerEnvironment: Readonly<Record<string, string>>;
  readonly drainMs: number;
  readonly log: (from: string, line: string) => void;
  readonly onChange: () => void;
}): FunctionPools {
  const { application, config, bundles, idleMs } = options;

  function open(
    name: string,
    settings: FunctionSettings,
    /** Of one that runs handlers: what it may use. */
    handlersTables?: readonly string[],
  ): FunctionPool {
    const spec = {
      code: () => bundles.codeOf(name, settings.entry),
      environment: {
        ...lambdaEnvironment(name, settings.memoryMb, options.services, process.env),
        ...(handlersTables && { ...options.handlerEnvironment, ...tablesOf(handlersTables) }),
        ...options.environment,
      },
      timeoutMs: settings.timeoutSeconds * 1000,
      log: (line: string) => options.log(name, line),
    };
    const size = { most: most[name] ?? requestsAtOnce, idleMs, runsHandlers: handlersTables !== undefined };
    return new FunctionPool(spec, size, options.onChange);
  }
  const most: Readonly<Record<string, number>> = {
    processor: options.workers,
    'dead-letter': deadLetterProcesses,
    sweeper: 1,
  };
  const tablesOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [tableVariable(name), tableName(name)]));

  const pools: Readonly<Record<string, FunctionPool>> = {
    ...mapValues(functions, (_, name) =>
      open(
        name,
        { ...functionSettings(name, config), entry: entryOf(name, options.entries) },
        name === 'processor' ? Object.keys(config.tables) : undefined,
      ),
    ),
    ...mapValues(config.functions, (own, name) =>
      open(name, withFileOf(application, ownFunctionSettings(own)), own.tables ?? []),
    ),
  };

  const warm = async (name: FunctionName) => {
    const outcome = await pools[name]?.warm();
    return outcome?.kind === 'failed' ? [{ name, reason: outcome.message }] : [];
  };
  return {
    invoke: async (name, event) => (await pools[name]?.invoke(event)) ?? { kind: 'refused' },
    pids: () => mapValues(pools, (pool) => pool.pids()),
    warm: async () => (await Promise.all(keptWarm.map(warm))).flat(),
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.close(options.drainMs)));
    },
  };
}

const withFileOf = ({ configFile }: ApplicationFiles, settings: FunctionSettings) => ({
  ...settings,
  entry: resolve(dirname(configFile), settings.entry),
});

function mapValues<Name extends string, Value, Mapped>(
  values: Readonly<Record<Name, Value>>,
  map: (value: Value, name: Name) => Mapped,
): Record<Name, Mapped> {
  const names = Object.keys(values) as Name[];
  return Object.fromEntries(names.map((name) => [name, map(values[name], name)])) as Record<Name, Mapped>;
}
