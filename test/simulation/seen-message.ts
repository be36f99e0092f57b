import type { Content } from './message-content.ts';

/** Their names are their URLs. */
export type QueueName = 'lanes' | 'feeder' | 'dead';

export interface SeenMessage {
  readonly messageId: string;
  readonly content: Content;
}
