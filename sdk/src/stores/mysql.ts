import type { Change, Committed, Completion, Held, Seen, Store, Work } from '../store.ts';
import { CommitRefused } from '../within.ts';
import { affected, codeOf, retryDeadlock, type MysqlConnection, type MysqlPool } from './mysql-client.ts';
import { ownStatement } from './own-statement.ts';
import { columns, readRow, rowsOf, type Row } from './row.ts';
import { tableNames } from './table-names.ts';

/** Runs in the transaction that the completion belongs to. The first call takes a connection and begins it. */
export interface MysqlDb {
  /** As mysql2's: rows or the result, and the fields. */
  query(sql: string, values?: unknown): Promise<[unknown, unknown]>;
  /** The connection itself, in the transaction, for a query builder. Do not end the transaction or release it. */
  connection(): Promise<MysqlConnection>;
}

export interface MysqlOptions {
  readonly table?: string;
}

/** Names are words of MySQL. */
const quoted = columns.replace('key', '`key`');

/** Milliseconds of the server's clock, at this moment and not at the statement's begin. */
const now = 'CAST(UNIX_TIMESTAMP(SYSDATE(3)) * 1000 AS SIGNED)';

/** The tables of the MySQL and MariaDB store, one statement each. Keys are bytes: no collation makes two of them one. */
export function mysqlSchema(table?: string): string[] {
  const t = tableNames(table);
  return [
    `CREATE TABLE IF NOT EXISTS ${t.entries} (
  \`key\` VARBINARY(1024) PRIMARY KEY, state VARCHAR(16) NOT NULL, owner VARCHAR(255) NOT NULL, attempt INT NOT NULL, digest CHAR(64),
  on_crash VARCHAR(16) NOT NULL, lease_until BIGINT NOT NULL, status INT, headers MEDIUMTEXT, body LONGBLOB, detail TEXT,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, expires_at BIGINT,
  INDEX by_state (state, updated_at), INDEX by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
    `CREATE TABLE IF NOT EXISTS ${t.lanes} (lane VARBINARY(1024) PRIMARY KEY, owner VARCHAR(255) NOT NULL, lease_until BIGINT NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
    `CREATE TABLE IF NOT EXISTS ${t.versions} (entity VARBINARY(1024) PRIMARY KEY, version VARBINARY(1024) NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  ];
}

/** MySQL 8 and MariaDB 10.5 or later, by a pool of `mysql2/promise`. */
export function mysql(pool: MysqlPool, options: MysqlOptions = {}): Store<MysqlDb> {
  const t = tableNames(options.table);
  const rows = async (sql: string, values: unknown[]): Promise<Row[]> => {
    const [found] = await pool.query(sql, values);
    return Array.isArray(found) ? rowsOf(found) : [];
  };
  const change = (sql: string, values: unknown[]) =>
    retryDeadlock(async () => affected(await pool.query(sql, values)));

  const select = `SELECT ${quoted}, lease_until - ${now} AS lease_left FROM ${t.entries}`;
  const find = async (key: string) =>
    (await rows(`${select} WHERE \`key\` = ?`, [bytes(key)])).map(readRow)[0];

  /** `updated_at + 1` where the clock has not moved: MySQL counts only rows that changed. */
  const touched = `updated_at = GREATEST(${now}, updated_at + 1)`;

  function replacing(seen: Seen, to: Change): [string, unknown[]] {
    const sql = `UPDATE ${t.entries} SET state = ?, owner = COALESCE(?, owner), attempt = COALESCE(?, attempt),
      on_crash = COALESCE(?, on_crash), lease_until = COALESCE(${now} + ?, 0), status = ?, headers = ?, body = ?,
      detail = COALESCE(?, detail), ${touched}, expires_at = ${now} + ?
      WHERE \`key\` = ? AND state = ? AND owner = ? AND attempt = ? AND (? IS NULL OR lease_until = ?)`;
    const { answer } = to;
    const lease = seen.leaseUntil ?? null;
    return [
      sql,
      [
        to.state,
        to.owner ?? null,
        to.attempt ?? null,
        to.onCrash ?? null,
        to.leaseMs ?? null,
        answer?.status ?? null,
        answer === undefined ? null : JSON.stringify(answer.headers),
        answer === undefined ? null : Buffer.from(answer.body),
        to.detail ?? null,
        to.retentionMs ?? null,
        bytes(seen.key),
        seen.state,
        seen.owner,
        seen.attempt,
        lease,
        lease,
      ],
    ];
  }

  /** Inside a transaction; whatever it returns but `committed` is rolled back. */
  async function completeIn(db: MysqlConnection, held: Held, completion: Completion): Promise<Committed> {
    const { answer, retentionMs, version } = completion;
    const seen = { ...held, state: 'processing' } as const;
    if (affected(await db.query(...replacing(seen, { state: 'complete', answer, retentionMs }))) !== 1)
      return 'fenced';
    if (held.lane !== undefined) {
      const sql = `DELETE FROM ${t.lanes} WHERE lane = ? AND owner = ?`;
      if (affected(await db.query(sql, [bytes(held.lane), held.owner])) !== 1) return 'fenced';
    }
    if (version !== undefined) {
      await db.query(
        `INSERT INTO ${t.versions} (entity, version) VALUES (?, ?) ON DUPLICATE KEY UPDATE version = GREATEST(version, VALUES(version))`,
        [bytes(version.entity), bytes(version.version)],
      );
      const [found] = await db.query(`SELECT version FROM ${t.versions} WHERE entity = ? FOR UPDATE`, [
        bytes(version.entity),
      ]);
      const [row] = Array.isArray(found) ? rowsOf(found) : [];
      if (textOf(row?.['version']) !== version.version) return 'stale';
    }
    return 'committed';
  }

  function begin(held: Held): Work<MysqlDb> {
    let connecting: Promise<MysqlConnection> | undefined;
    const attempt = { isOver: false, isConnected: false };

    const transaction = (): Promise<MysqlConnection> => {
      if (attempt.isOver) return Promise.reject(new Error('the transaction is over'));
      return (connecting ??= (async () => {
        const connection = await pool.getConnection();
        attempt.isConnected = true;
        try {
          // A renewal changes the entry in the meantime, which a snapshot of the whole transaction would take for a conflict.
          await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
          await connection.query('START TRANSACTION');
          return connection;
        } catch (error) {
          connection.destroy();
          throw error;
        }
      })());
    };

    return {
      db: {
        async query(sql, values) {
          ownStatement(sql);
          const connection = await transaction();
          if (attempt.isOver) throw new Error('the transaction is over');
          return connection.query(sql, values);
        },
        connection: transaction,
      },
      async commit(completion) {
        const connection = await transaction();
        attempt.isOver = true;
        try {
          const committed = await completeIn(connection, held, completion);
          await connection.query(committed === 'committed' ? 'COMMIT' : 'ROLLBACK');
          connection.release();
          return committed;
        } catch (error) {
          connection.destroy();
          const isRefused =
            codeOf(error)?.startsWith('ER_') === true && !shuttingDown.has(codeOf(error) ?? '');
          throw isRefused ? new CommitRefused(String(error), { cause: error }) : error;
        } finally {
          connecting = undefined;
        }
      },
      async rollback() {
        attempt.isOver = true;
        const connected = connecting;
        connecting = undefined;
        if (connected === undefined) return;
        // Ended, not returned: a handler that was given up may still be in a statement, and the server then undoes what is open.
        const end = connected.then((connection) => connection.destroy()).catch(() => undefined);
        if (attempt.isConnected) await end;
      },
    };
  }

  return {
    name: 'mysql',
    transactional: true,
    async insert({ key, owner, digest, onCrash, leaseMs }) {
      const sql = `INSERT INTO ${t.entries} (\`key\`, state, owner, attempt, digest, on_crash, lease_until, created_at, updated_at)
        VALUES (?, 'processing', ?, 1, ?, ?, ${now} + ?, ${now}, ${now})`;
      for (let tries = 0; tries < 10; tries++) {
        try {
          await change(sql, [bytes(key), owner, digest ?? null, onCrash, leaseMs]);
          return undefined;
        } catch (error) {
          if (codeOf(error) !== 'ER_DUP_ENTRY') throw error;
        }
        const found = await find(key);
        if (found !== undefined) return found;
      }
      throw new Error(`the entry of ${key} comes and goes`);
    },
    find,
    replace: async (seen, to) => (await change(...replacing(seen, to))) === 1,
    async renew({ key, owner, attempt, lane }, leaseMs) {
      // One statement for both: an update of two tables joined, which changes two rows or none.
      const lease = `${now} + ?`;
      if (lane === undefined) {
        const sql = `UPDATE ${t.entries} SET lease_until = GREATEST(${lease}, lease_until + 1)
          WHERE \`key\` = ? AND owner = ? AND attempt = ? AND state = 'processing'`;
        return (await change(sql, [leaseMs, bytes(key), owner, attempt])) === 1;
      }
      const sql = `UPDATE ${t.entries} e JOIN ${t.lanes} l ON l.lane = ? AND l.owner = e.owner
        SET e.lease_until = GREATEST(${lease}, e.lease_until + 1), l.lease_until = GREATEST(${lease}, l.lease_until + 1)
        WHERE e.\`key\` = ? AND e.owner = ? AND e.attempt = ? AND e.state = 'processing'`;
      return (await change(sql, [bytes(lane), leaseMs, leaseMs, bytes(key), owner, attempt])) === 2;
    },
    begin,
    async takeLane(lane, owner, leaseMs) {
      const sql = `INSERT INTO ${t.lanes} (lane, owner, lease_until) VALUES (?, ?, ${now} + ?)`;
      try {
        await change(sql, [bytes(lane), owner, leaseMs]);
        return true;
      } catch (error) {
        if (codeOf(error) !== 'ER_DUP_ENTRY') throw error;
      }
      const take = `UPDATE ${t.lanes} SET owner = ?, lease_until = GREATEST(${now} + ?, lease_until + 1)
        WHERE lane = ? AND (owner = ? OR lease_until <= ${now})`;
      return (await change(take, [owner, leaseMs, bytes(lane), owner])) === 1;
    },
    async releaseLane(lane, owner) {
      await change(`DELETE FROM ${t.lanes} WHERE lane = ? AND owner = ?`, [bytes(lane), owner]);
    },
    async versionOf(entity) {
      const [row] = await rows(`SELECT version FROM ${t.versions} WHERE entity = ?`, [bytes(entity)]);
      return textOf(row?.['version']);
    },
    async list({ state, lapsed, limit }) {
      const over = lapsed === true ? `AND lease_until <= ${now}` : '';
      return (
        await rows(`${select} WHERE state = ? ${over} ORDER BY updated_at LIMIT ?`, [state, limit])
      ).map(readRow);
    },
    sweep: (limit) => change(`DELETE FROM ${t.entries} WHERE expires_at <= ${now} LIMIT ?`, [limit]),
    async migrate() {
      for (const statement of mysqlSchema(options.table)) await pool.query(statement);
    },
    // The pool is the caller's.
    close: () => Promise.resolve(),
  };
}

/** Error codes of a server that ends the connection: the commit may or may not have happened. */
const shuttingDown = new Set(['ER_SERVER_SHUTDOWN', 'ER_CONNECTION_KILLED', 'ER_QUERY_INTERRUPTED']);

const bytes = (text: string): Buffer => Buffer.from(text);

const textOf = (value: unknown): string | undefined =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : typeof value === 'string' ? value : undefined;
