import { Backlog } from './backlog.ts';
import { integerIn, optionalIntegerIn, optionalTextIn, textIn, type Database, type Row } from './database.ts';
import { messageAttributesSchema, type MessageAttributes } from './message-attributes.ts';
import { MessageGroups } from './message-groups.ts';

/** Times in ms. `receipt` is the nonce of the last receive; in flight is: has one, and not visible yet. */
export type Message = {
  seq: number;
  orderingKey: string;
  id: string;
  groupId: string | undefined;
  deduplicationId: string | undefined;
  body: string;
  attributes: MessageAttributes;
  traceHeader: string | undefined;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  receivedAt: number | undefined;
  receipt: string | undefined;
  deadLetterSource: string | undefined;
};

type NewMessage = Omit<Message, 'seq' | 'receivedAt' | 'receipt'>;

export type MessageCounts = { visible: number; inFlight: number; delayed: number };

/** The messages of all queues. Every change keeps the groups' rows in line; callers bring the transaction. */
export class MessageStore {
  readonly groups: MessageGroups;
  readonly backlog: Backlog;
  readonly #db: Database;

  /** `searched`: how many messages of a FIFO queue are searched for a free group. */
  constructor(db: Database, searched: number) {
    this.#db = db;
    this.groups = new MessageGroups(db);
    this.backlog = new Backlog(db, searched);
  }

  /** Puts a message at the end of a queue under a new sequence. */
  append(queue: string, message: NewMessage, now: number): number {
    const { lastInsertRowid: seq } = this.#db.run(
      `INSERT INTO messages (queue, ordering_key, id, group_id, deduplication_id, body, attributes, trace_header,
                             sent_at, visible_at, receive_count, first_received_at, dead_letter_source)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      queue,
      message.orderingKey,
      message.id,
      message.groupId ?? null,
      message.deduplicationId ?? null,
      message.body,
      JSON.stringify(message.attributes),
      message.traceHeader ?? null,
      message.sentAt,
      message.visibleAt,
      message.receiveCount,
      message.firstReceivedAt ?? null,
      message.deadLetterSource ?? null,
    );
    this.backlog.added(queue, seq);
    this.groups.append(queue, message.orderingKey, seq, message.visibleAt, now);
    return seq;
  }

  find(queue: string, seq: number): Message | undefined {
    const row = this.#db.get('SELECT * FROM messages WHERE seq = ? AND queue = ?', seq, queue);
    return row && messageIn(row);
  }

  all(queue: string): Message[] {
    return this.#db.all('SELECT * FROM messages WHERE queue = ? ORDER BY seq', queue).map(messageIn);
  }

  oldestOf(queue: string, orderingKey: string, after = 0): Message | undefined {
    const row = this.#db.get(
      'SELECT * FROM messages WHERE queue = ? AND ordering_key = ? AND seq > ? ORDER BY seq LIMIT 1',
      queue,
      orderingKey,
      after,
    );
    return row && messageIn(row);
  }

  /** Leaves the group's row to the caller, who receives several messages of a group at once. */
  recordReceive(seq: number, receipt: string, visibleAt: number, now: number): void {
    this.#db.run(
      `UPDATE messages SET receive_count = receive_count + 1, receipt = ?, received_at = ?, visible_at = ?,
                           first_received_at = coalesce(first_received_at, ?) WHERE seq = ?`,
      receipt,
      now,
      visibleAt,
      now,
      seq,
    );
  }

  setVisibleAt(queue: string, message: Message, visibleAt: number, now: number): void {
    this.#db.run('UPDATE messages SET visible_at = ? WHERE seq = ?', visibleAt, message.seq);
    this.groups.refresh(queue, message.orderingKey, now);
  }

  remove(queue: string, message: Message, now: number): void {
    this.#db.run('DELETE FROM messages WHERE seq = ?', message.seq);
    this.backlog.removed(queue, message.seq);
    this.groups.refresh(queue, message.orderingKey, now);
  }

  removeSentBefore(queue: string, sentBefore: number, now: number): void {
    const expired = this.#db.all(
      'SELECT * FROM messages WHERE queue = ? AND sent_at <= ?',
      queue,
      sentBefore,
    );
    for (const row of expired) this.remove(queue, messageIn(row), now);
  }

  removeAll(queue: string): void {
    this.#db.run('DELETE FROM messages WHERE queue = ?', queue);
    this.backlog.forget(queue);
    this.groups.clear(queue);
  }

  /** A new queue delay for the messages that still wait for the old one to pass. */
  changeDelay(queue: string, delayMs: number, now: number): void {
    this.#db.run(
      'UPDATE messages SET visible_at = sent_at + ? WHERE queue = ? AND receipt IS NULL AND visible_at > sent_at AND visible_at > ?',
      delayMs,
      queue,
      now,
    );
    this.groups.refreshAll(queue, now);
  }

  /** How many more may be in flight, of at most so many at a time. Costs nothing in a queue that does not hold more than that. */
  roomInFlight(queue: string, most: number, now: number): number {
    return this.backlog.size(queue) <= most ? most : most - this.#inFlight(queue, now);
  }

  /** When fewer than `most` are in flight, in ms; undefined if that is so now. */
  roomInFlightAt(queue: string, most: number, now: number): number | undefined {
    if (this.backlog.size(queue) <= most) return undefined;
    const row = this.#db.get(
      `SELECT visible_at FROM messages WHERE queue = ? AND receipt IS NOT NULL AND visible_at > ?
       ORDER BY visible_at DESC LIMIT 1 OFFSET ?`,
      queue,
      now,
      most - 1,
    );
    return row && integerIn(row, 'visible_at');
  }

  counts(queue: string, now: number): MessageCounts {
    const delayed = this.#count(
      'AND receipt IS NULL AND visible_at > sent_at AND visible_at > ?',
      queue,
      now,
    );
    const inFlight = this.#inFlight(queue, now);
    const all = this.backlog.size(queue);
    return { visible: all - inFlight - delayed, inFlight, delayed };
  }

  #inFlight(queue: string, now: number): number {
    return this.#count('AND receipt IS NOT NULL AND visible_at > ?', queue, now);
  }

  #count(where: string, queue: string, now: number): number {
    const row = this.#db.get(`SELECT count(*) AS n FROM messages WHERE queue = ? ${where}`, queue, now);
    return row ? integerIn(row, 'n') : 0;
  }

  newestSeq(queue: string): number {
    const row = this.#db.get('SELECT coalesce(max(seq), 0) AS seq FROM messages WHERE queue = ?', queue);
    return row ? integerIn(row, 'seq') : 0;
  }
}

function messageIn(row: Row): Message {
  return {
    seq: integerIn(row, 'seq'),
    orderingKey: textIn(row, 'ordering_key'),
    id: textIn(row, 'id'),
    groupId: optionalTextIn(row, 'group_id'),
    deduplicationId: optionalTextIn(row, 'deduplication_id'),
    body: textIn(row, 'body'),
    attributes: messageAttributesSchema.parse(JSON.parse(textIn(row, 'attributes'))),
    traceHeader: optionalTextIn(row, 'trace_header'),
    sentAt: integerIn(row, 'sent_at'),
    visibleAt: integerIn(row, 'visible_at'),
    receiveCount: integerIn(row, 'receive_count'),
    firstReceivedAt: optionalIntegerIn(row, 'first_received_at'),
    receivedAt: optionalIntegerIn(row, 'received_at'),
    receipt: optionalTextIn(row, 'receipt'),
    deadLetterSource: optionalTextIn(row, 'dead_letter_source'),
  };
}
