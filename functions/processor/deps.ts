import type { Handler, HandlerContext, WebhookEvent } from '../api/handler.ts';
import type { GateDeps, KnownGates } from '../lane/gates.ts';
import type { RepairDeps } from '../lane/repair.ts';
import type { Forward, SendLaneMessages } from '../lane/send-lane-message.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';

export interface ProcessorDeps extends RepairDeps, GateDeps {
  readonly sources: Readonly<Record<string, Source>>;
  readonly forward: Forward;
  readonly sendAll: SendLaneMessages;
  readonly handlerFor: (event: Pick<WebhookEvent, 'source' | 'type'>) => Handler | undefined;
  /** Names of the subscribers that an event is handed on to. Undefined: it has a handler of its own, or none. */
  readonly subscribersOf: (event: Pick<WebhookEvent, 'source' | 'type'>) => readonly string[] | undefined;
  /** What is paused. */
  readonly gates: KnownGates;
  readonly once: (event: EventKey, replay: number) => HandlerContext['once'];
  /** Tables of Hooklane's own, which no effect may touch. */
  readonly ownTables: readonly string[];
  /** Names this function instance in entries. */
  readonly worker: string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** An abort signal that fires after that many milliseconds, and a function that cancels it. */
  readonly abortAfter: (ms: number) => { readonly signal: AbortSignal; readonly cancel: () => void };
}

/** What to do with the SQS message. */
export type Disposition =
  { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterSeconds: number };
