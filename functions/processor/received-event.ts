import type { EventInLane } from '../lane/event-in-lane.ts';
import type { Source } from '../sources/source.ts';

/** One message as the queue delivered it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly groupId: string | undefined;
  /** Of the queue; sorts the messages of a lane. */
  readonly sequenceNumber: string;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
  /** When Lambda ends this invocation: no lease outlives it. */
  readonly deadline: Date;
}

/** The event of one message, in its lane, with the rules of its source. */
export interface ReceivedEvent extends EventInLane {
  readonly source: Source;
  readonly received: ReceivedMessage;
  /** It is handed on to these, and has no handler of its own. */
  readonly subscribers: readonly string[] | undefined;
}

/** By which attempts are counted and tried again. */
export type AttemptRules = Pick<Source, 'execution' | 'retry'>;

/** Handing on fails only where ledger or queue cannot be reached: it is tried until it is done, and its lane waits for it. */
const fanOutRules: AttemptRules = {
  execution: 'at-least-once',
  retry: { attempts: Infinity, delaysSeconds: [1, 2, 5, 10, 30, 60] },
};

export const attemptRules = ({ source, subscribers }: ReceivedEvent): AttemptRules =>
  subscribers === undefined ? source : fanOutRules;
