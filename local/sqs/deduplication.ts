import { createHash } from 'node:crypto';
import { integerIn, textIn, type Database } from './database.ts';
import type { QueueSettings } from './queue-attributes.ts';
import { SqsError } from './sqs-error.ts';

/** SQS developer guide: "the five-minute deduplication interval", counted from the first accepted send. */
const deduplicationWindowMs = 300_000;

type FirstSend = { messageId: string; seq: number };

/** The id a message counts under; its body's SHA-256 where the queue says so. */
export function deduplicationIdOf(
  message: { body: string; deduplicationId?: string | undefined },
  settings: QueueSettings,
): string {
  if (message.deduplicationId !== undefined) return message.deduplicationId;
  if (settings.contentBasedDeduplication) return createHash('sha256').update(message.body).digest('hex');
  throw new SqsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** Within the whole queue, or within one message group. A group id holds no line break, so no two keys meet. */
export function deduplicationKey(deduplicationId: string, groupId: string, settings: QueueSettings): string {
  return settings.deduplicatesPerGroup ? `${groupId}\n${deduplicationId}` : deduplicationId;
}

/** Remembers what was sent, whether or not it was received and deleted since. */
export class Deduplication {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  firstSend(queue: string, key: string, now: number): FirstSend | undefined {
    this.#db.run('DELETE FROM deduplication WHERE sent_at <= ?', now - deduplicationWindowMs);
    const row = this.#db.get(
      'SELECT message_id, seq FROM deduplication WHERE queue = ? AND key = ?',
      queue,
      key,
    );
    return row && { messageId: textIn(row, 'message_id'), seq: integerIn(row, 'seq') };
  }

  remember(queue: string, key: string, { messageId, seq }: FirstSend, now: number): void {
    this.#db.run(
      'INSERT INTO deduplication (queue, key, message_id, seq, sent_at) VALUES (?, ?, ?, ?, ?)',
      queue,
      key,
      messageId,
      seq,
      now,
    );
  }

  forget(queue: string): void {
    this.#db.run('DELETE FROM deduplication WHERE queue = ?', queue);
  }
}
