import type { Committed, Completion, Held, Work } from '../store.ts';
import { CommitRefused } from '../within.ts';
import { ownStatement } from './own-statement.ts';
import {
  beginWith,
  queryTogether,
  sendsTogether,
  type PgClient,
  type PgPool,
  type PgResult,
} from './postgres-client.ts';
import type { TableNames } from './table-names.ts';

/** Runs in the transaction that the completion belongs to. The first call takes a connection and begins it. */
export interface PostgresDb {
  query(
    text: string | { readonly text: string; readonly values?: unknown[] },
    values?: unknown[],
  ): Promise<PgResult>;
  /** The connection itself, in the transaction, for a query builder or an ORM. Do not end the transaction or release it. */
  client(): Promise<PgClient>;
}

/** Division by zero: what the completing statement raises when it changed nothing. */
const changedNothing = '22012';

/** Milliseconds of the server's clock. */
export const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/**
 * One statement for the completion, so that it takes one round trip and no second thought: it raises if the claim, the lane or the version
 * is not (any more) as it must be, and an error undoes the whole transaction.
 */
function completing(t: TableNames, held: Held, { answer, retentionMs, version }: Completion) {
  const values: (string | Uint8Array | null)[] = [
    held.key,
    held.owner,
    String(held.attempt),
    String(answer.status),
    JSON.stringify(answer.headers),
    answer.body,
    String(retentionMs),
  ];
  const parts = [
    `done AS (UPDATE ${t.entries} SET state = 'complete', lease_until = 0, status = $4::int, headers = $5, body = $6::bytea,
      updated_at = ${now}, expires_at = ${now} + $7::bigint
      WHERE key = $1 AND owner = $2 AND attempt = $3::int AND state = 'processing' RETURNING 1)`,
  ];
  const counts = ['(SELECT count(*) FROM done)'];
  if (held.lane !== undefined) {
    values.push(held.lane);
    parts.push(`lane AS (DELETE FROM ${t.lanes} WHERE lane = $${values.length} AND owner = $2 RETURNING 1)`);
    counts.push('(SELECT count(*) FROM lane)');
  }
  if (version !== undefined) {
    values.push(version.entity, version.version);
    parts.push(`newest AS (INSERT INTO ${t.versions} AS v (entity, version) VALUES ($${values.length - 1}, $${values.length})
      ON CONFLICT (entity) DO UPDATE SET version = excluded.version WHERE v.version <= excluded.version RETURNING 1)`);
    counts.push('(SELECT count(*) FROM newest)');
  }
  return { text: `WITH ${parts.join(', ')} SELECT 1 / (${counts.join(' * ')})`, values };
}

/** An attempt whose handler and completion share one transaction. */
export function beginPostgresWork(
  pool: PgPool,
  t: TableNames,
  held: Held,
  isStillMine: () => Promise<boolean>,
): Work<PostgresDb> {
  let connecting: Promise<PgClient> | undefined;
  let isBegun: Promise<unknown> | undefined;
  let isOver = false;
  let isConnected = false;
  // A broken connection is told to whoever asks next; without a listener it would end the process.
  const ignore = () => undefined;

  const connect = (): Promise<PgClient> => {
    if (isOver) return Promise.reject(new Error('the transaction is over'));
    return (connecting ??= pool.connect().then((client) => {
      client.on('error', ignore);
      isConnected = true;
      return client;
    }));
  };
  const release = (client: PgClient, destroy: boolean) => {
    client.off('error', ignore);
    client.release(destroy);
  };

  async function query(text: string, values?: unknown[]): Promise<PgResult> {
    ownStatement(text);
    const client = await connect();
    if (isOver) throw new Error('the transaction is over');
    if (isBegun === undefined) {
      const together = beginWith(client, text, values);
      if (together !== undefined) {
        isBegun = together.catch(() => undefined);
        return together;
      }
      isBegun = client.query('BEGIN');
      // In pipeline mode the next statement need not wait for it.
      isBegun.catch(() => undefined);
    }
    if (!('pipeline' in client && client.pipeline === true)) await isBegun;
    return client.query(text, values);
  }

  async function commit(completion: Completion): Promise<Committed> {
    const client = await connecting;
    isOver = true;
    const statement = completing(t, held, completion);
    try {
      if (client === undefined) {
        await pool.query(statement.text, statement.values);
      } else {
        await isBegun;
        await finish(client, statement);
        release(client, false);
        connecting = undefined;
      }
      return 'committed';
    } catch (error) {
      // Rolls back by ending the connection: whatever state it is in, nothing of it remains.
      if (client !== undefined) release(client, true);
      connecting = undefined;
      if (codeOf(error) === changedNothing) return (await isStillMine()) ? 'stale' : 'fenced';
      throw isFromServer(error) ? new CommitRefused(messageOf(error), { cause: error }) : error;
    }
  }

  return {
    db: {
      query: (text, values) =>
        typeof text === 'string' ? query(text, values) : query(text.text, text.values ?? values),
      async client() {
        await query('SELECT 1');
        return connect();
      },
    },
    commit,
    async rollback() {
      isOver = true;
      const connected = connecting;
      connecting = undefined;
      if (!isConnected) {
        // Stands in line for a connection: gives it back when it comes.
        connected?.then((client) => release(client, false)).catch(() => undefined);
        return;
      }
      const client = await connected;
      if (client === undefined) return;
      // A handler that was given up may still be in a statement: such a connection is ended, not returned.
      const undone = await Promise.race([
        client.query('ROLLBACK').then(
          () => true,
          () => false,
        ),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000)),
      ]);
      release(client, !undone);
    },
  };
}

/** The completion and COMMIT in one round trip. */
async function finish(client: PgClient, statement: ReturnType<typeof completing>): Promise<void> {
  if (sendsTogether(client)) {
    const tags = await queryTogether(client, [statement, { text: 'COMMIT' }]);
    if (tags.at(-1) !== 'COMMIT')
      throw new CommitRefused(`the transaction ended with ${String(tags.at(-1))}`);
    return;
  }
  await client.query(statement.text, statement.values);
  await client.query('COMMIT');
}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** SQLSTATEs that are not those of a connection that ended (08, 57P) say that the server refused and nothing was committed. */
function isFromServer(error: unknown): boolean {
  const code = codeOf(error);
  return (
    error instanceof CommitRefused ||
    (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|E)/.test(code))
  );
}
