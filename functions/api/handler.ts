import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

/** An event as a handler and the functions of a source see it. */
export interface WebhookEvent<Body = unknown> {
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  /** The order key, `source#entity`; an event without an entity is its own lane. */
  readonly lane: string;
  /** The parsed body, as the source's schema gave it. */
  readonly body: Body;
  /** The bytes as they were received. */
  readonly raw: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptedAt: Date;
}

/** One item of a DynamoDB transaction, in document form, as `TransactWriteCommand` takes it. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface HandlerContext {
  /** Never changes over retries, crashes and redrives of an event; a replay has another. 64 hex characters. */
  readonly idempotencyKey: string;
  /** 1 for the first run since the event was accepted or put back. */
  readonly attempt: number;
  readonly correlationId: string;
  /** W3C trace context of this attempt: of its span where an SDK of OpenTelemetry is registered, else as the sender sent it. */
  readonly traceParent?: string;
  /** Aborts just before the attempt's lease ends. */
  readonly signal: AbortSignal;
  readonly log: Log;
  now(): Date;
  /**
   * Effects that commit together with the event's `processed` entry, or not at all. At most 90 items. A condition of theirs
   * that fails is a failure of this attempt.
   */
  transact(items: readonly TransactItem[]): void;
  /**
   * Runs `fn` unless this step of this event already finished in an earlier attempt; returns its result (JSON) either way. Throws
   * `PermanentError`, and `fn` does not run again, where the result is not JSON or larger than 350 KB: return what is needed of it.
   */
  once<T>(step: string, fn: () => Promise<T>): Promise<T>;
}

/** Recorded with the event and returned to duplicates (JSON, at most 4 KB). `{ ignored: reason }` settles the event as ignored. */
export type Result = { readonly ignored: string } | Readonly<Record<string, unknown>>;

/** Resolving settles the event; throwing retries it; see `PermanentError` and `RetryAfter`. */
export type Handler<E extends WebhookEvent = WebhookEvent> = {
  // A method, so that a handler of a narrower body fits a configuration that knows no bodies.
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- an async function that returns nothing is a handler too
  run(event: E, ctx: HandlerContext): Promise<Result | void>;
}['run'];
