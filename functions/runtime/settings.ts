/**
 * What the stack and the local cloud must agree on: tables, functions, routes and the names of environment variables.
 */
import type { Config, FunctionOptions } from '../config/config.ts';

/** Environment variables that a function reads in its `handler.ts`. */
export const environment = {
  ledgerTable: 'HOOKLANE_LEDGER_TABLE',
  stateTable: 'HOOKLANE_STATE_TABLE',
  bodyBucket: 'HOOKLANE_BODY_BUCKET',
  secretPrefix: 'HOOKLANE_SECRET_PREFIX',
  /** Of secrets that are called otherwise: a JSON object, ARN by source. Absent where there is none. */
  secretArns: 'HOOKLANE_SECRET_ARNS',
  queueUrl: 'HOOKLANE_QUEUE_URL',
  feederUrl: 'HOOKLANE_FEEDER_URL',
  deadLetterUrl: 'HOOKLANE_DEAD_LETTER_URL',
  archiveBucket: 'HOOKLANE_ARCHIVE_BUCKET',
} as const;

/** The variable that tells whoever may use it the name of a table of the configuration: `PAID_ORDERS_TABLE` of `paid-orders`. */
export const tableVariable = (table: string): string => `${table.toUpperCase().replaceAll('-', '_')}_TABLE`;

/** Name of a source's secret in Secrets Manager: a JSON list, newest first. */
export const secretName = (prefix: string, source: string): string => `${prefix}/${source}`;

export interface TableSettings {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly timeToLive?: string;
  /** Default none. They project keys only. */
  readonly indexes?: Readonly<Record<string, { readonly partitionKey: string; readonly sortKey: string }>>;
}

/** Hooklane's own; the configuration may have more. All keys are strings. */
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
  state: {
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLive: 'expiresAt',
    // Sparse: an item is in it while it has both attributes, which say that the sweeper looks at it at `dueAt`.
    indexes: { 'by-due': { partitionKey: 'due', sortKey: 'dueAt' } },
  },
} as const satisfies Record<string, TableSettings>;

/** Hooklane's own functions; the configuration may have more. */
export type FunctionName =
  'ingest' | 'processor' | 'dead-letter' | 'sweeper' | 'ops' | 'ledger-watch' | 'archive';

/** Entry file (exports `handler`), timeout and memory of each function. The processor's timeout comes from the configuration. */
export const functions: Readonly<
  Record<
    FunctionName,
    { readonly entry: string; readonly timeoutSeconds?: number; readonly memoryMb: number }
  >
> = {
  ingest: { entry: 'functions/ingest/handler.ts', timeoutSeconds: 10, memoryMb: 512 },
  processor: { entry: 'functions/processor/handler.ts', memoryMb: 512 },
  'dead-letter': { entry: 'functions/dead-letter/handler.ts', timeoutSeconds: 10, memoryMb: 256 },
  sweeper: { entry: 'functions/sweeper/handler.ts', timeoutSeconds: 60, memoryMb: 512 },
  ops: { entry: 'functions/ops/handler.ts', timeoutSeconds: 10, memoryMb: 256 },
  'ledger-watch': { entry: 'functions/ledger-watch/handler.ts', timeoutSeconds: 10, memoryMb: 128 },
  archive: { entry: 'functions/archive/handler.ts', timeoutSeconds: 60, memoryMb: 256 },
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

/** Of one of the configuration's own functions; its entry is seen from the configuration's folder. */
export function ownFunctionSettings({
  entry,
  timeoutSeconds = 10,
  memoryMb = 256,
}: FunctionOptions): FunctionSettings {
  return { entry, timeoutSeconds, memoryMb };
}

/** Of a gateway's own metrics. Those of ingest have the dimension `source`, the others none. */
export const metricNamespace = (prefix: string): string => `Hooklane/${prefix}`;

/** How often the sweeper runs. */
export const sweeperEverySeconds = 60;

const methods = ['ANY', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;

export interface Route {
  readonly method: (typeof methods)[number];
  /** API Gateway HTTP API route path. */
  readonly path: string;
  /** One of Hooklane's own or of the configuration's. */
  readonly function: string;
  /** Everything that is not public is IAM-signed on AWS. */
  readonly isPublic: boolean;
}

const ownRoutes: readonly Route[] = [
  { method: 'ANY', path: '/webhooks/{proxy+}', function: 'ingest', isPublic: true },
  { method: 'POST', path: '/events/{source}', function: 'ingest', isPublic: false },
  { method: 'GET', path: '/health', function: 'ops', isPublic: true },
  { method: 'ANY', path: '/ops/{proxy+}', function: 'ops', isPublic: false },
  // Apart from the others, so that who may look at events need not see what is in them.
  { method: 'GET', path: '/payloads/{proxy+}', function: 'ops', isPublic: false },
];

/** Hooklane's own routes and those of the configuration's functions. */
export function routesOf({ functions: own }: Pick<Config, 'functions'>): readonly Route[] {
  const added = Object.entries(own).flatMap(([name, { routes = [] }]) =>
    routes.map((route): Route => {
      const [method, path = ''] = route.split(' ');
      return {
        method: methods.find((one) => one === method) ?? 'ANY',
        path,
        function: name,
        isPublic: false,
      };
    }),
  );
  return [...ownRoutes, ...added];
}
