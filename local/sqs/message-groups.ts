import { integerIn, textIn, type Database } from './database.ts';

type ReadyGroup = { orderingKey: string; head: number };

/**
 * Which ordering key may hand out its next message. Invariant: a key that has messages has one row, with its oldest
 * message and until when it is blocked: by its messages in flight, all of them, or by the delay of the oldest one.
 */
export class MessageGroups {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A message at the end of its group: changes nothing where the group already has an older one. */
  append(queue: string, orderingKey: string, seq: number, visibleAt: number, now: number): void {
    this.#db.run(
      'INSERT OR IGNORE INTO message_groups (queue, ordering_key, head, blocked_until) VALUES (?, ?, ?, ?)',
      queue,
      orderingKey,
      seq,
      visibleAt > now ? visibleAt : 0,
    );
  }

  /** Brings one group's row in line after any other change to its messages. */
  refresh(queue: string, orderingKey: string, now: number): void {
    this.#db.run('DELETE FROM message_groups WHERE queue = ? AND ordering_key = ?', queue, orderingKey);
    this.#db.run(
      `INSERT INTO message_groups (queue, ordering_key, head, blocked_until)
       SELECT queue, ordering_key, seq, iif(max(visible_at, in_flight_until) > ?3, max(visible_at, in_flight_until), 0)
       FROM (
         SELECT queue, ordering_key, seq, visible_at,
                coalesce((SELECT max(visible_at) FROM messages
                          WHERE queue = ?1 AND ordering_key = ?2 AND receipt IS NOT NULL), 0) AS in_flight_until
         FROM messages WHERE queue = ?1 AND ordering_key = ?2 ORDER BY seq LIMIT 1
       )`,
      queue,
      orderingKey,
      now,
    );
  }

  refreshAll(queue: string, now: number): void {
    const keys = this.#db.all('SELECT ordering_key FROM message_groups WHERE queue = ?', queue);
    for (const row of keys) this.refresh(queue, textIn(row, 'ordering_key'), now);
  }

  /** Opens the groups whose time has come. To be called before `nextReady`. */
  openDue(queue: string, now: number): void {
    this.#db.run(
      'UPDATE message_groups SET blocked_until = 0 WHERE queue = ? AND blocked_until > 0 AND blocked_until <= ?',
      queue,
      now,
    );
  }

  /** Oldest first, of the groups whose oldest message lies behind `after` and not behind `upTo`. */
  nextReady(queue: string, after: number, upTo = Number.MAX_SAFE_INTEGER): ReadyGroup | undefined {
    const row = this.#db.get(
      `SELECT ordering_key, head FROM message_groups
       WHERE queue = ? AND blocked_until = 0 AND head > ? AND head <= ? ORDER BY head LIMIT 1`,
      queue,
      after,
      upTo,
    );
    return row && { orderingKey: textIn(row, 'ordering_key'), head: integerIn(row, 'head') };
  }

  /** When one of the groups up to `upTo` may be received from, in ms; in the past if it may now, undefined if there is none. */
  nextReadyAt(queue: string, upTo = Number.MAX_SAFE_INTEGER): number | undefined {
    const row = this.#db.get(
      `SELECT blocked_until FROM message_groups WHERE queue = ? AND head <= ? ORDER BY blocked_until LIMIT 1`,
      queue,
      upTo,
    );
    return row && integerIn(row, 'blocked_until');
  }

  clear(queue: string): void {
    this.#db.run('DELETE FROM message_groups WHERE queue = ?', queue);
  }
}
