import { createHash } from 'node:crypto';
import type { HandlerContext, Log, Result, TransactItem, WebhookEvent } from '../functions/api/handler.ts';
import { refuseMistakes } from '../functions/api/config-error.ts';
import type { Handlers } from '../functions/config/define-handlers.ts';
import { findHandler } from '../functions/config/find-handler.ts';
import { collectEffects } from '../functions/processor/effects.ts';

export interface RunOptions {
  /** Default 1. */
  readonly attempt?: number;
  /** Steps that an earlier attempt has finished, with their results: those do not run again. Default none. */
  readonly finished?: Readonly<Record<string, unknown>>;
  /** Default the real time. */
  readonly now?: () => Date;
  /** Default: says nothing. */
  readonly log?: Log;
}

/** What a run of a handler has done. */
export interface Ran {
  readonly result: Result | undefined;
  /** What it handed to `ctx.transact`: it would commit with the event's `processed` entry. */
  readonly transacted: readonly TransactItem[];
  /** The steps of `ctx.once` that are finished now, with their results. */
  readonly finished: Readonly<Record<string, unknown>>;
}

const silent: Log = { debug: noLine, info: noLine, warn: noLine, error: noLine };
function noLine(): void {
  // A test that wants the lines gives a log of its own.
}

/**
 * Runs the handler of an event once, as the processor does, with nothing around it: no lane, no retries, no ledger. What the handler throws is thrown,
 * as is `ConfigError` where handlers or configuration have mistakes.
 */
export async function runHandler(
  handlers: Handlers,
  event: WebhookEvent,
  { attempt = 1, finished = {}, now = () => new Date(), log = silent }: RunOptions = {},
): Promise<Ran> {
  refuseMistakes(handlers);
  const handler = findHandler(handlers.byPattern, event);
  if (handler === undefined)
    throw new Error(`no handler is for ${event.source}/${event.type}: it would be ignored`);
  const effects = collectEffects();
  const steps = new Map(Object.entries(finished));
  const ctx: HandlerContext = {
    idempotencyKey: createHash('sha256').update(`${event.source}#${event.eventId}`).digest('hex'),
    attempt,
    correlationId: 'test',
    signal: new AbortController().signal,
    log,
    now,
    transact: (items) => effects.add(items),
    async once<T>(step: string, fn: () => Promise<T>): Promise<T> {
      if (!steps.has(step)) steps.set(step, JSON.parse(JSON.stringify((await fn()) ?? null)));
      // What comes back is JSON, as from the table that keeps it.
      return steps.get(step) as T;
    },
  };
  const result = (await handler(event, ctx)) ?? undefined;
  return { result, transacted: effects.close(), finished: Object.fromEntries(steps) };
}
