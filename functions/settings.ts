/**
 * What the stack and the local cloud must agree on: tables, queues, functions, routes and the names of environment variables.
 */
import type { Config } from './sources/config.ts';

/** Environment variables that a function reads in its `handler.ts`. */
export const environment = {
  ledgerTable: 'HOOKLANE_LEDGER_TABLE',
  stateTable: 'HOOKLANE_STATE_TABLE',
  bodyBucket: 'HOOKLANE_BODY_BUCKET',
  queueUrl: 'HOOKLANE_QUEUE_URL',
  ordersTable: 'ORDERS_TABLE',
} as const;

/** A source's secrets: Secrets Manager secret `hooklane/<source>`, a JSON list, newest first. */
export const secretName = (source: string): string => `hooklane/${source}`;

export interface TableSettings {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly timeToLive: string;
  readonly indexes: Readonly<Record<string, { readonly partitionKey: string; readonly sortKey: string }>>;
}

/** All keys are strings; indexes project keys only. */
export const tables = {
  ledger: {
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLive: 'expiresAt',
    indexes: {
      'by-lane': { partitionKey: 'lane', sortKey: 'acceptedAt' },
      'by-time': { partitionKey: 'minute', sortKey: 'acceptedAt' },
    },
  },
  state: { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt', indexes: {} },
  /** The orders example's own. */
  orders: { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt', indexes: {} },
} as const satisfies Record<string, TableSettings>;

/**
 * Receives of one message before SQS dead-letters it: the largest `attempts` of any source, plus 30 for throttles and outages,
 * which count as receives without ever reaching a handler.
 */
const receivesBeyondAttempts = 30;

/** Lambda's event source rule: visibility at least six times the function's timeout. */
const visibilityPerTimeout = 6;

export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  readonly retentionSeconds: number;
}

export function queueSettings(config: Config): QueueSettings {
  const attempts = Object.values(config.sources).map((source) => source.retry.attempts);
  return {
    visibilityTimeoutSeconds: visibilityPerTimeout * config.processor.timeoutSeconds,
    maxReceiveCount: Math.max(1, ...attempts) + receivesBeyondAttempts,
    retentionSeconds: 14 * 24 * 3600,
  };
}

export type FunctionName = 'ingest' | 'processor' | 'sweeper' | 'ops' | 'orders';

/** Entry file (exports `handler`), timeout and memory of each function. The processor's timeout comes from the configuration. */
export const functions: Readonly<
  Record<
    FunctionName,
    { readonly entry: string; readonly timeoutSeconds?: number; readonly memoryMb: number }
  >
> = {
  ingest: { entry: 'functions/ingest/handler.ts', timeoutSeconds: 10, memoryMb: 512 },
  processor: { entry: 'functions/processor/handler.ts', memoryMb: 512 },
  sweeper: { entry: 'functions/sweeper/handler.ts', timeoutSeconds: 60, memoryMb: 256 },
  ops: { entry: 'functions/ops/handler.ts', timeoutSeconds: 10, memoryMb: 256 },
  orders: { entry: 'handlers/orders/api.ts', timeoutSeconds: 10, memoryMb: 256 },
};

export interface FunctionSettings {
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** Of one function, its timeout filled in. */
export function functionSettings(name: FunctionName, config: Config): FunctionSettings {
  const { timeoutSeconds = config.processor.timeoutSeconds, ...settings } = functions[name];
  return { ...settings, timeoutSeconds };
}

/** How often the sweeper runs. */
export const sweeperEverySeconds = 60;

export interface Route {
  readonly method: 'ANY' | 'GET' | 'POST';
  /** API Gateway HTTP API route path. */
  readonly path: string;
  readonly function: FunctionName;
  /** Everything that is not public is IAM-signed on AWS. */
  readonly isPublic: boolean;
}

export const routes: readonly Route[] = [
  { method: 'ANY', path: '/webhooks/{proxy+}', function: 'ingest', isPublic: true },
  { method: 'GET', path: '/health', function: 'ops', isPublic: true },
  { method: 'ANY', path: '/ops/{proxy+}', function: 'ops', isPublic: false },
  { method: 'POST', path: '/orders', function: 'orders', isPublic: false },
  { method: 'GET', path: '/orders/{id}', function: 'orders', isPublic: false },
  { method: 'GET', path: '/orders/{id}/events', function: 'orders', isPublic: false },
];
