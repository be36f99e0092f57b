import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

// `ordering_key` is what is handed out one at a time: the message group of a FIFO queue, the message itself elsewhere.
// `message_groups` holds one row per ordering key that has messages: its oldest message and, while it may not be
// received, until when (0 otherwise), so that the next group is found by one index lookup however long the queue is.
// AUTOINCREMENT keeps sequence numbers growing over restarts and after the newest message was deleted.
const schema = `
  CREATE TABLE IF NOT EXISTS queues (
    name TEXT PRIMARY KEY, attributes TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL, ordering_key TEXT NOT NULL, id TEXT NOT NULL,
    group_id TEXT, deduplication_id TEXT,
    body TEXT NOT NULL, attributes TEXT NOT NULL, trace_header TEXT,
    sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL, first_received_at INTEGER, received_at INTEGER, receipt TEXT,
    dead_letter_source TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_in_order ON messages (queue, ordering_key, seq);
  CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue, sent_at);
  CREATE INDEX IF NOT EXISTS messages_received ON messages (queue, ordering_key, visible_at) WHERE receipt IS NOT NULL;
  CREATE INDEX IF NOT EXISTS messages_delayed ON messages (queue, visible_at) WHERE receipt IS NULL AND visible_at > sent_at;

  CREATE TABLE IF NOT EXISTS message_groups (
    queue TEXT NOT NULL, ordering_key TEXT NOT NULL, head INTEGER NOT NULL, blocked_until INTEGER NOT NULL,
    PRIMARY KEY (queue, ordering_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS message_groups_ready ON message_groups (queue, blocked_until, head);

  CREATE TABLE IF NOT EXISTS deduplication (
    queue TEXT NOT NULL, key TEXT NOT NULL, message_id TEXT NOT NULL, seq INTEGER NOT NULL, sent_at INTEGER NOT NULL,
    PRIMARY KEY (queue, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deduplication_by_age ON deduplication (sent_at);

  CREATE TABLE IF NOT EXISTS move_tasks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, source_arn TEXT NOT NULL, destination_arn TEXT,
    max_per_second INTEGER, up_to_seq INTEGER NOT NULL, status TEXT NOT NULL, started_at INTEGER NOT NULL,
    moved INTEGER NOT NULL, to_move INTEGER NOT NULL, failure_reason TEXT
  ) STRICT;
`;

/** SQLite with its statements prepared once. What a transaction committed survives the death of the process. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #rollbackListeners: (() => void)[] = [];
  #inTransaction = false;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.#db.exec(schema);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  run(sql: string, ...values: SQLInputValue[]): { lastInsertRowid: number } {
    return { lastInsertRowid: Number(this.#prepared(sql).run(...values).lastInsertRowid) };
  }

  /** All or nothing. One that starts inside another is part of the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      for (const listener of this.#rollbackListeners) listener();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** For what is kept in memory beside the tables. */
  onRollback(listener: () => void): void {
    this.#rollbackListeners.push(listener);
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`${column} holds no text`);
  return value;
}

export function optionalTextIn(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textIn(row, column);
}

export function integerIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`${column} holds no integer`);
  return value;
}

export function optionalIntegerIn(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : integerIn(row, column);
}
