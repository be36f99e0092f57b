import type { Mistake } from '../api/config-error.ts';
import type { BodyOf, Source, SubscriberOptions } from '../sources/source.ts';
import type { Subscribers } from '../sources/subscribers.ts';

export interface ProcessorOptions {
  /** Of one attempt (default 30; 3 to 900). */
  readonly timeoutSeconds: number;
  /** Attempts at the same time over all lanes (default 50; 2 to 1000). */
  readonly maxConcurrency: number;
}

/** A DynamoDB table of the handlers' own, its keys texts. On demand, with point-in-time recovery, retained when the stack goes. */
export interface TableOptions {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** The attribute that says when an item may go, in seconds since 1970. Default: items stay. */
  readonly timeToLive?: string;
}

/** `POST /orders`, `GET /orders/{id}`: a method, or `ANY`, and a path as API Gateway writes it. */
export type RoutePattern = `${'ANY' | 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'} /${string}`;

/** A Lambda function of your own behind the same API. Its routes are IAM-signed on AWS, and for 127.0.0.1 alone locally. */
export interface FunctionOptions {
  /** The file that exports `handler`, seen from the configuration's folder. */
  readonly entry: string;
  /** Default none. */
  readonly routes?: readonly RoutePattern[];
  /** Names in `tables`, which it may read and write. Default none. */
  readonly tables?: readonly string[];
  /** Default 10; 1 to 900. */
  readonly timeoutSeconds?: number;
  /** Default 256; 128 to 10,240. */
  readonly memoryMb?: number;
}

type Sources = Readonly<Record<string, Source>>;

/** Subscribers that sources may have: their `when` and `order` see the body of their source. */
export type SubscribersOf<Own extends Sources> = {
  readonly [Name in keyof Own]?: Readonly<Record<string, SubscriberOptions<BodyOf<Own[Name]>>>>;
};

export interface ConfigInput<Own extends Sources = Sources, Named = Subscribers> {
  /** By name, which is the last part of the address: lower-case letters, digits and dashes, at most 63. */
  readonly sources: Own;
  /**
   * By source, then by name: each of them gets every event of the source that has a handler for it, with a state, attempts, a lane and a dead letter of its
   * own. Named as sources are. Default: a source has one handler for each event, and no subscribers.
   */
  readonly subscribers?: Named & SubscribersOf<Own>;
  /**
   * By name. The stack and the local cloud make them; handlers may read and write them. The name of the table `paid-orders` is in the variable
   * `PAID_ORDERS_TABLE`.
   */
  readonly tables?: Readonly<Record<string, TableOptions>>;
  /** By name. */
  readonly functions?: Readonly<Record<string, FunctionOptions>>;
  readonly processor?: Partial<ProcessorOptions>;
}

export interface Config<Own extends Sources = Sources, Named = Subscribers> {
  readonly sources: Own;
  readonly subscribers: Named;
  readonly tables: Readonly<Record<string, TableOptions>>;
  readonly functions: Readonly<Record<string, FunctionOptions>>;
  readonly processor: ProcessorOptions;
  /** What is wrong with it. Whatever is to work with a configuration refuses one that has any: see `refuseMistakes`. */
  readonly mistakes: readonly Mistake[];
}
