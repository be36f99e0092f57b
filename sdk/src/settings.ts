import { safely, type ConsumerEvent, type OnEvent } from './event-log.ts';
import { readPolicy, type Policy, type PolicyOptions } from './policy.ts';
import type { Store } from './store.ts';

/** Wraps one delivery in a span; see `openTelemetry`. */
export type Trace = <T>(
  delivery: { readonly key: string; readonly headers: Readonly<Record<string, string>> },
  run: (set: (name: string, value: string | number) => void) => Promise<T>,
) => Promise<T>;

export interface ConsumeOptions<Db> {
  /** Default: PostgreSQL from the `PG*` variables. */
  readonly store?: Store<Db>;
  /** `at-least-once` (default), `at-most-once`, or the two policies themselves. */
  readonly policy?: PolicyOptions;
  /** How long a copy waits for the answer of the one that runs. Default 5,000 ms. */
  readonly waitMs?: number;
  /** How long an attempt is believed alive without a renewal, which comes three times as often. Default 30,000 ms. */
  readonly leaseMs?: number;
  /** A handler that takes longer counts as crashed. Default 60,000 ms. */
  readonly timeoutMs?: number;
  /** How long one call of the store may take. Default 5,000 ms. */
  readonly storeTimeoutMs?: number;
  /** How long a completed key is remembered. Default 30 days. Failed and quarantined ones stay until they are repaired. */
  readonly retentionDays?: number;
  /** Headers of an answer that its copies get too. */
  readonly keepHeaders?: readonly string[];
  /** An answer with a larger body is stored without it. Default 64 KiB. */
  readonly maxStoredBytes?: number;
  /** Put before every key in the store. Handlers that share a store need one each, or one gets the other's answers. */
  readonly scope?: string;
  readonly onEvent?: OnEvent;
  readonly trace?: Trace;
}

export interface Settings<Db> {
  readonly store: Store<Db>;
  readonly policy: Policy;
  readonly waitMs: number;
  readonly leaseMs: number;
  readonly timeoutMs: number;
  readonly storeTimeoutMs: number;
  readonly retentionMs: number;
  readonly keepHeaders: readonly string[];
  readonly maxStoredBytes: number;
  readonly scope: string;
  readonly emit: (event: ConsumerEvent) => void;
  readonly trace: Trace;
}

const dayMs = 86_400_000;
const longestTimerMs = 2 ** 31 - 1;

export const defaultKeptHeaders: readonly string[] = [
  'content-type',
  'content-encoding',
  'content-language',
  'location',
  'link',
  'etag',
];

const untraced: Trace = (_, run) => run(() => undefined);

export function readSettings<Db>(options: ConsumeOptions<Db>, store: Store<Db>): Settings<Db> {
  const retentionDays = positive('retentionDays', options.retentionDays ?? 30, 36_500);
  return {
    store,
    policy: readPolicy(options.policy),
    waitMs: positive('waitMs', options.waitMs ?? 5_000),
    leaseMs: positive('leaseMs', options.leaseMs ?? 30_000),
    timeoutMs: positive('timeoutMs', options.timeoutMs ?? 60_000),
    storeTimeoutMs: positive('storeTimeoutMs', options.storeTimeoutMs ?? 5_000),
    retentionMs: Math.ceil(retentionDays * dayMs),
    keepHeaders: (options.keepHeaders ?? defaultKeptHeaders).map((name) => name.toLowerCase()),
    maxStoredBytes: positive('maxStoredBytes', options.maxStoredBytes ?? 65_536),
    scope: options.scope ?? '',
    emit: safely(options.onEvent),
    trace: options.trace ?? untraced,
  };
}

function positive(name: string, value: number, most = longestTimerMs): number {
  if (!(value >= 0 && value <= most)) throw new TypeError(`${name} must be from 0 to ${most}, not ${value}`);
  return value;
}
