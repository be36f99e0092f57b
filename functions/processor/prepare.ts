import type { Handler, WebhookEvent } from '../api/handler.ts';
import { PermanentError } from '../api/errors.ts';
import type { StoredEvent } from '../ledger/event.ts';
import type { Source } from '../sources/source.ts';
import type { ProcessorDeps } from './deps.ts';
import { handlerEvent } from './handler-event.ts';
import type { NothingRun } from './handler-outcome.ts';
import type { ReceivedEvent } from './received-event.ts';

/** What an attempt is to do with its event. */
export type Prepared =
  | { readonly kind: 'run'; readonly event: WebhookEvent; readonly handler: Handler }
  | { readonly kind: 'hand-on'; readonly subscribers: readonly string[] }
  | NothingRun;

/** Finds the handler of an event, reads what it gets, and asks the source's `when`. What is handed on is read by those that get it. */
export async function prepare(
  { source, subscribers }: ReceivedEvent,
  stored: StoredEvent,
  deps: ProcessorDeps,
): Promise<Prepared> {
  if (source.ending === 'discard') return { kind: 'left-out', reason: 'its subscriber is given up' };
  const next = subscribers ?? deps.handlerFor(stored);
  if (next === undefined) return { kind: 'left-out', reason: 'no handler' };
  if (typeof next !== 'function' && source.when === undefined) return { kind: 'hand-on', subscribers: next };
  try {
    const event = await readHandlerEvent(stored, source, deps);
    if (!wants(source, event)) return { kind: 'left-out', reason: '`when` leaves it out' };
    return typeof next === 'function'
      ? { kind: 'run', event, handler: next }
      : { kind: 'hand-on', subscribers: next };
  } catch (error) {
    return { kind: 'unready', error };
  }
}

async function readHandlerEvent(
  stored: StoredEvent,
  source: Source,
  { ledger }: ProcessorDeps,
): Promise<WebhookEvent> {
  const original = await ledger.original(stored);
  const raw = original && (await ledger.readBody(original));
  if (raw === undefined) throw new Error('the body is no longer in the bucket');
  const read = await handlerEvent(original ?? stored, raw, source);
  if (read.kind === 'unreadable') throw new Error(`the source no longer reads this body: ${read.reason}`);
  return read.event;
}

/** `when` is the user's code, and would say the same at every attempt. A promise in place of its answer would let everything through. */
function wants({ when }: Source, event: WebhookEvent): boolean {
  if (when === undefined) return true;
  let wanted: unknown;
  try {
    wanted = when(event);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'what is no error';
    throw new PermanentError(`\`when\` threw: ${message}`, { cause: error });
  }
  if (typeof wanted !== 'boolean') throw new PermanentError('`when` must return true or false');
  return wanted;
}
