import type { Handler, HandlerContext, WebhookEvent } from '../handler-api/handler.ts';
import type { SettleDeps } from '../lane/settle.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';

export interface ProcessorDeps extends SettleDeps {
  readonly sources: Readonly<Record<string, Source>>;
  readonly handlerFor: (event: Pick<WebhookEvent, 'source' | 'type'>) => Handler | undefined;
  readonly once: (event: EventKey, replay: number) => HandlerContext['once'];
  /** Receives after which SQS dead-letters a message. */
  readonly maxReceiveCount: number;
  /** Names this function instance in entries. */
  readonly worker: string;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** An abort signal that fires after so many milliseconds, and a way to let it be. */
  readonly abortAfter: (ms: number) => { readonly signal: AbortSignal; readonly cancel: () => void };
}

/** One message as the queue delivered it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  /** Of the queue; sorts the messages of a lane. */
  readonly sequenceNumber: string;
  /** When Lambda ends this invocation: no lease outlives it. */
  readonly deadline: Date;
}

/** What becomes of the message. */
export type Disposition =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly afterSeconds: number }
  | { readonly kind: 'dead-letter' };
