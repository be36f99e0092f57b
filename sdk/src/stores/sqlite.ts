import type { Change, Committed, Completion, Held, Seen, Store, Work } from '../store.ts';
import { CommitRefused } from '../within.ts';
import { ownStatement } from './own-statement.ts';
import { columns, readRow, rowsOf, type Row } from './row.ts';
import {
  createMutex,
  openSqlite,
  whenFree,
  type SqliteDatabase,
  type SqliteValue,
} from './sqlite-connection.ts';
import { tableNames } from './table-names.ts';

/** Runs in the transaction that the completion belongs to. The first call begins it; until it ends nobody else writes. */
export interface SqliteDb {
  run(sql: string, ...values: SqliteValue[]): Promise<{ readonly changes: number }>;
  all(sql: string, ...values: SqliteValue[]): Promise<Row[]>;
}

export interface SqliteOptions {
  readonly table?: string;
  /** How long to wait for another process's transaction. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
}

/** The tables of the SQLite store, for a migration of your own. */
export function sqliteSchema(table?: string): string {
  const t = tableNames(table);
  return `CREATE TABLE IF NOT EXISTS ${t.entries} (
  key TEXT PRIMARY KEY, state TEXT NOT NULL, owner TEXT NOT NULL, attempt INTEGER NOT NULL, digest TEXT,
  on_crash TEXT NOT NULL, lease_until INTEGER NOT NULL, status INTEGER, headers TEXT, body BLOB, detail TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, expires_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ${t.entries}_open ON ${t.entries} (state, updated_at) WHERE state <> 'complete';
CREATE INDEX IF NOT EXISTS ${t.entries}_expiry ON ${t.entries} (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS ${t.lanes} (lane TEXT PRIMARY KEY, owner TEXT NOT NULL, lease_until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ${t.versions} (entity TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
`;
}

/** Milliseconds of the machine's clock, read by SQLite. */
const now = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

/**
 * A file of SQLite (`node:sqlite`, Node >= 22.13), for processes of one machine. SQLite has one writer at a time: a handler that has
 * written holds up every claim until it ends, so call others first and write last.
 */
export function sqlite(file: string, options: SqliteOptions = {}): Store<SqliteDb> {
  const t = tableNames(options.table);
  const withinMs = options.busyTimeoutMs ?? 5_000;
  if (file === '' || file.includes(':memory:'))
    throw new TypeError('sqlite() needs a file: use memory() for tests');
  const writers = createMutex();
  let opened: { readonly writer: SqliteDatabase; readonly reader: SqliteDatabase } | undefined;

  async function open() {
    if (opened !== undefined) return opened;
    const writer = openSqlite(file);
    await whenFree(() => writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'), withinMs);
    // What is being written in a transaction must not be seen, so reading has a connection of its own.
    return (opened ??= { writer, reader: openSqlite(file) });
  }

  /** Alone in this process, and when no other process writes. */
  async function write<T>(run: (db: SqliteDatabase) => T): Promise<T> {
    const release = await writers.lock();
    try {
      const { writer } = await open();
      return await whenFree(() => run(writer), withinMs);
    } finally {
      release();
    }
  }

  async function read(sql: string, ...values: SqliteValue[]): Promise<Row[]> {
    const { reader } = await open();
    return whenFree(() => rowsOf(reader.prepare(sql).all(...values)), withinMs);
  }

  const select = `SELECT ${columns}, lease_until - ${now} AS lease_left FROM ${t.entries}`;
  const find = async (key: string) => (await read(`${select} WHERE key = ?`, key)).map(readRow)[0];

  function replaceIn(db: SqliteDatabase, seen: Seen, to: Change): boolean {
    const sql = `UPDATE ${t.entries} SET state = ?, owner = COALESCE(?, owner), attempt = COALESCE(?, attempt),
      on_crash = COALESCE(?, on_crash), lease_until = COALESCE(${now} + ?, 0), status = ?, headers = ?, body = ?,
      detail = COALESCE(?, detail), updated_at = ${now}, expires_at = ${now} + ?
      WHERE key = ? AND state = ? AND owner = ? AND attempt = ? AND (? IS NULL OR lease_until = ?)`;
    const { answer } = to;
    const lease = seen.leaseUntil ?? null;
    const { changes } = db
      .prepare(sql)
      .run(
        to.state,
        to.owner ?? null,
        to.attempt ?? null,
        to.onCrash ?? null,
        to.leaseMs ?? null,
        answer?.status ?? null,
        answer === undefined ? null : JSON.stringify(answer.headers),
        answer?.body ?? null,
        to.detail ?? null,
        to.retentionMs ?? null,
        seen.key,
        seen.state,
        seen.owner,
        seen.attempt,
        lease,
        lease,
      );
    return changes === 1;
  }

  /** Inside a transaction; whatever it returns but `committed` is rolled back. */
  function completeIn(
    db: SqliteDatabase,
    held: Held,
    { answer, retentionMs, version }: Completion,
  ): Committed {
    const seen = { ...held, state: 'processing' } as const;
    if (!replaceIn(db, seen, { state: 'complete', answer, retentionMs })) return 'fenced';
    if (held.lane !== undefined) {
      const sql = `DELETE FROM ${t.lanes} WHERE lane = ? AND owner = ?`;
      if (db.prepare(sql).run(held.lane, held.owner).changes !== 1) return 'fenced';
    }
    if (version !== undefined) {
      const sql = `INSERT INTO ${t.versions} (entity, version) VALUES (?, ?)
        ON CONFLICT (entity) DO UPDATE SET version = excluded.version WHERE version <= excluded.version`;
      if (db.prepare(sql).run(version.entity, version.version).changes !== 1) return 'stale';
    }
    return 'committed';
  }

  function begin(held: Held): Work<SqliteDb> {
    let release: (() => void) | undefined;
    let beginning: Promise<SqliteDatabase> | undefined;
    const attempt = { isOver: false };

    const transaction = (): Promise<SqliteDatabase> => {
      if (attempt.isOver) return Promise.reject(new Error('the transaction is over'));
      return (beginning ??= (async () => {
        const free = await writers.lock();
        try {
          const { writer } = await open();
          await whenFree(() => writer.exec('BEGIN IMMEDIATE'), withinMs);
          // The attempt may have ended while it stood in line.
          if (attempt.isOver) {
            writer.exec('ROLLBACK');
            throw new Error('the transaction is over');
          }
          release = free;
          return writer;
        } catch (error) {
          free();
          throw error;
        }
      })());
    };
    const end = () => {
      release?.();
      release = undefined;
    };

    return {
      db: {
        run: async (sql, ...values) => {
          const db = await usable(transaction);
          return { changes: Number(db.prepare(ownStatement(sql)).run(...values).changes) };
        },
        all: async (sql, ...values) =>
          rowsOf((await usable(transaction)).prepare(ownStatement(sql)).all(...values)),
      },
      async commit(completion) {
        const db = await transaction();
        attempt.isOver = true;
        try {
          const committed = completeIn(db, held, completion);
          db.exec(committed === 'committed' ? 'COMMIT' : 'ROLLBACK');
          end();
          return committed;
        } catch (error) {
          rollBack(db);
          end();
          throw new CommitRefused(error instanceof Error ? error.message : String(error), { cause: error });
        }
      },
      async rollback() {
        attempt.isOver = true;
        const db = await beginning?.catch(() => undefined);
        if (db !== undefined && release !== undefined) rollBack(db);
        end();
      },
    };

    async function usable(of: () => Promise<SqliteDatabase>): Promise<SqliteDatabase> {
      const db = await of();
      // Another handler's transaction is on the same connection by now.
      if (attempt.isOver) throw new Error('the transaction is over');
      return db;
    }
  }

  return {
    name: 'sqlite',
    transactional: true,
    async insert({ key, owner, digest, onCrash, leaseMs }) {
      const sql = `INSERT INTO ${t.entries} (key, state, owner, attempt, digest, on_crash, lease_until, created_at, updated_at)
        VALUES (?, 'processing', ?, 1, ?, ?, ${now} + ?, ${now}, ${now}) ON CONFLICT (key) DO NOTHING`;
      const known = await find(key);
      if (known !== undefined) return known;
      const isFirst = await write(
        (db) => db.prepare(sql).run(key, owner, digest ?? null, onCrash, leaseMs).changes === 1,
      );
      return isFirst ? undefined : find(key);
    },
    find,
    replace: (seen, to) => write((db) => replaceIn(db, seen, to)),
    renew: (held, leaseMs) =>
      write((db) => {
        db.exec('BEGIN IMMEDIATE');
        try {
          const entry = db
            .prepare(
              `UPDATE ${t.entries} SET lease_until = ${now} + ? WHERE key = ? AND state = 'processing' AND owner = ? AND attempt = ?`,
            )
            .run(leaseMs, held.key, held.owner, held.attempt);
          const hasLane =
            held.lane === undefined ||
            db
              .prepare(`UPDATE ${t.lanes} SET lease_until = ${now} + ? WHERE lane = ? AND owner = ?`)
              .run(leaseMs, held.lane, held.owner).changes === 1;
          db.exec('COMMIT');
          return entry.changes === 1 && hasLane;
        } catch (error) {
          rollBack(db);
          throw error;
        }
      }),
    begin,
    takeLane: (lane, owner, leaseMs) =>
      write((db) => {
        const sql = `INSERT INTO ${t.lanes} (lane, owner, lease_until) VALUES (?, ?, ${now} + ?)
          ON CONFLICT (lane) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
          WHERE owner = excluded.owner OR lease_until <= ${now}`;
        return db.prepare(sql).run(lane, owner, leaseMs).changes === 1;
      }),
    releaseLane: (lane, owner) =>
      write((db) => {
        db.prepare(`DELETE FROM ${t.lanes} WHERE lane = ? AND owner = ?`).run(lane, owner);
      }),
    async versionOf(entity) {
      const [row] = await read(`SELECT version FROM ${t.versions} WHERE entity = ?`, entity);
      return typeof row?.['version'] === 'string' ? row['version'] : undefined;
    },
    async list({ state, lapsed, limit }) {
      const over = lapsed === true ? `AND lease_until <= ${now}` : '';
      const rows = await read(`${select} WHERE state = ? ${over} ORDER BY updated_at LIMIT ?`, state, limit);
      return rows.map(readRow);
    },
    sweep: (limit) =>
      write((db) => {
        const over = `SELECT key FROM ${t.entries} WHERE expires_at IS NOT NULL AND expires_at <= ${now} LIMIT ?`;
        return Number(db.prepare(`DELETE FROM ${t.entries} WHERE key IN (${over})`).run(limit).changes);
      }),
    migrate: () => write((db) => db.exec(sqliteSchema(options.table))),
    async close() {
      const release = await writers.lock();
      opened?.writer.close();
      opened?.reader.close();
      opened = undefined;
      release();
    },
  };
}

function rollBack(db: SqliteDatabase): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // No transaction is open: SQLite has rolled back by itself.
  }
}
