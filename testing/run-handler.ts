import { createHash } from 'node:crypto';
import type { HandlerContext, Log, Result, TransactItem, WebhookEvent } from '../functions/api/handler.ts';
import { refuseMistakes } from '../functions/api/config-error.ts';
import type { Handlers } from '../functions/config/define-handlers.ts';
import { findHandler, findSubscribers } from '../functions/config/find-handler.ts';
import { eventKey } from '../functions/ledger/keys.ts';
import { collectEffects } from '../functions/processor/effects.ts';
import { subscriberName } from '../functions/sources/subscribers.ts';

export interface RunOptions<Subscriber extends string = string> {
  /** Whose handler is run, where the event is handed on to subscribers. */
  readonly subscriber?: Subscriber;
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
 * Runs the handler of an event once, as the processor does, with nothing around it: no lane, no retries, no ledger, no `when`. What the handler throws is thrown,
 * as is `ConfigError` where handlers or configuration have mistakes.
 */
export async function runHandler<Subscriber extends string>(
  handlers: Handlers<Subscriber>,
  event: WebhookEvent,
  options: RunOptions<NoInfer<Subscriber>> = {},
): Promise<Ran> {
  refuseMistakes(handlers);
  const { subscriber, attempt = 1, finished = {}, now = () => new Date(), log = silent } = options;
  const source = subscriber === undefined ? event.source : subscriberName(event.source, subscriber);
  const handler = findHandler(handlers.byPattern, { source, type: event.type });
  if (handler === undefined) throw new Error(whyNone(handlers, event, subscriber));
  const effects = collectEffects();
  const steps = new Map(Object.entries(finished));
  const ctx: HandlerContext = {
    idempotencyKey: createHash('sha256').update(eventKey(source, event.eventId)).digest('hex'),
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

function whyNone({ byPattern }: Handlers, event: WebhookEvent, subscriber: string | undefined): string {
  const name = `${event.source}/${event.type}`;
  const names = findSubscribers(byPattern, event);
  if (names !== undefined && subscriber === undefined)
    return `${name} is handed on: name the subscriber whose handler is to run (${names.join(', ')})`;
  if (subscriber !== undefined) return `no handler of a subscriber "${subscriber}" is for ${name}`;
  return `no handler is for ${name}: it would be ignored`;
}
