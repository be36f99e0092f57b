import { integerIn, type Database } from './database.ts';

interface Depth {
  size: number;
  /** The last message that is searched; undefined while the queue holds fewer than that. */
  last: number | undefined;
}

/**
 * How many messages each queue holds, and how far a search for a free message group reaches in it. Kept in memory and counted from
 * the database where it is not known, so that a receive need not count a long queue.
 */
export class Backlog {
  readonly #db: Database;
  readonly #searched: number;
  readonly #depths = new Map<string, Depth>();

  constructor(db: Database, searched: number) {
    this.#db = db;
    this.#searched = searched;
    db.onRollback(() => this.#depths.clear());
  }

  size(queue: string): number {
    return this.#depth(queue).size;
  }

  /** The newest sequence that is searched: all of them in a queue that is not longer than the search. */
  reach(queue: string): number {
    return this.#depth(queue).last ?? Number.MAX_SAFE_INTEGER;
  }

  /** To be called when the message is in the database. */
  added(queue: string, seq: number): void {
    const depth = this.#depths.get(queue);
    if (!depth) return;
    depth.size++;
    if (depth.size === this.#searched) depth.last = seq;
  }

  /** To be called when the message is no longer in the database. */
  removed(queue: string, seq: number): void {
    const depth = this.#depths.get(queue);
    if (!depth) return;
    depth.size--;
    if (depth.last === undefined || seq > depth.last) return;
    // By sequence, past those of other queues: an index of its own would cost every send and delete more than this does.
    const next = this.#db.get(
      'SELECT seq FROM messages WHERE +queue = ? AND seq > ? ORDER BY seq LIMIT 1',
      queue,
      depth.last,
    );
    depth.last = next && integerIn(next, 'seq');
  }

  forget(queue: string): void {
    this.#depths.delete(queue);
  }

  #depth(queue: string): Depth {
    const known = this.#depths.get(queue);
    if (known) return known;
    const count = this.#db.get('SELECT count(*) AS n FROM messages WHERE queue = ?', queue);
    const last = this.#db.get(
      'SELECT seq FROM messages WHERE +queue = ? ORDER BY seq LIMIT 1 OFFSET ?',
      queue,
      this.#searched - 1,
    );
    const depth = { size: count ? integerIn(count, 'n') : 0, last: last && integerIn(last, 'seq') };
    this.#depths.set(queue, depth);
    return depth;
  }
}
