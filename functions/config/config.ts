import type { Handler } from '../api/handler.ts';
import type { Source } from '../sources/source.ts';

export interface ProcessorOptions {
  /** Of one attempt (default 30; 3 to 900). */
  readonly timeoutSeconds: number;
  /** Attempts at the same time over all lanes (default 50; 2 to 1000). */
  readonly maxConcurrency: number;
}

/** What a user writes. */
export interface ConfigInput {
  /** By name, which is the last part of the address: lower-case letters, digits and dashes, at most 63. */
  readonly sources: Readonly<Record<string, Source>>;
  /** By `source/type`, `source/prefix*` or `source/*`; the most specific one wins. An event without a handler is `ignored`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly processor?: Partial<ProcessorOptions>;
}

/** The same with its defaults filled in. */
export interface Config {
  readonly sources: Readonly<Record<string, Source>>;
  /** By `source/type`, with `*` as a wildcard at the end; the most specific one wins. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly processor: ProcessorOptions;
}
