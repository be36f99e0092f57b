import type { Change, Seen, Store } from '../store.ts';
import type { PgPool, PgResult } from './postgres-client.ts';
import { beginPostgresWork, now, type PostgresDb } from './postgres-work.ts';
import { columns, readRow, rowsOf, type Row } from './row.ts';
import { tableNames } from './table-names.ts';

export interface PostgresOptions {
  /** Default `hooklane_consumer`; `schema.table` for another schema. */
  readonly table?: string;
}

/** The tables of the PostgreSQL store, for a migration of your own. */
export function postgresSchema(table?: string): string {
  const t = tableNames(table);
  const name = t.entries.replace(/^.*\./, '');
  return `CREATE TABLE IF NOT EXISTS ${t.entries} (
  key text COLLATE "C" PRIMARY KEY, state text NOT NULL, owner text NOT NULL, attempt integer NOT NULL, digest text,
  on_crash text NOT NULL, lease_until bigint NOT NULL, status integer, headers text, body bytea, detail text,
  created_at bigint NOT NULL, updated_at bigint NOT NULL, expires_at bigint,
  CHECK (state IN ('pending', 'processing', 'complete', 'failed', 'quarantined'))
);
CREATE INDEX IF NOT EXISTS ${name}_open ON ${t.entries} (state, updated_at) WHERE state <> 'complete';
CREATE INDEX IF NOT EXISTS ${name}_expiry ON ${t.entries} (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS ${t.lanes} (lane text COLLATE "C" PRIMARY KEY, owner text NOT NULL, lease_until bigint NOT NULL);
CREATE TABLE IF NOT EXISTS ${t.versions} (entity text COLLATE "C" PRIMARY KEY, version text COLLATE "C" NOT NULL);
`;
}

/**
 * PostgreSQL by a pool of `pg`, or by one of its own from the `PG*` variables. A first copy costs two round trips more than its handler
 * (the claim; the completion, which carries the COMMIT), a later copy costs one.
 */
export function postgres(given?: PgPool, options: PostgresOptions = {}): Store<PostgresDb> {
  const t = tableNames(options.table);
  let own: Promise<PgPool> | undefined;
  if (given !== undefined) surviveBrokenConnections(given);
  const poolOf = async (): Promise<PgPool> => given ?? (await (own ??= openPool()));

  const query = async (text: string, values: unknown[]): Promise<PgResult> =>
    (await poolOf()).query(text, values);
  const rows = async (text: string, values: unknown[]): Promise<Row[]> =>
    rowsOf((await query(text, values)).rows);
  const changed = async (text: string, values: unknown[]) => ((await query(text, values)).rowCount ?? 0) > 0;

  const select = `SELECT ${columns}, lease_until - ${now} AS lease_left FROM ${t.entries}`;
  const find = async (key: string) => (await rows(`${select} WHERE key = $1`, [key])).map(readRow)[0];

  // The SELECT sees what was there before the statement. If a row came in between, there is neither a fresh nor a known one: asked again.
  const inserting = `WITH fresh AS (
    INSERT INTO ${t.entries} (key, state, owner, attempt, digest, on_crash, lease_until, created_at, updated_at)
    VALUES ($1, 'processing', $2, 1, $3, $4, ${now} + $5::bigint, ${now}, ${now}) ON CONFLICT (key) DO NOTHING RETURNING 1)
    SELECT ${columns}, lease_until - ${now} AS lease_left, false AS fresh FROM ${t.entries} WHERE key = $1
    UNION ALL SELECT ${columns.replace(/\w+/g, 'null')}, null, true FROM fresh`;

  const lease = `lease_until = ${now} + $1::bigint`;

  return {
    name: 'postgres',
    transactional: true,
    async insert({ key, owner, digest, onCrash, leaseMs }) {
      for (let tries = 0; tries < 10; tries++) {
        const [row] = await rows(inserting, [key, owner, digest ?? null, onCrash, leaseMs]);
        if (row !== undefined) return row['fresh'] === true ? undefined : readRow(row);
      }
      throw new Error(`the entry of ${key} comes and goes`);
    },
    find,
    replace: (seen: Seen, to: Change) =>
      changed(
        `UPDATE ${t.entries} SET state = $1, owner = coalesce($2, owner), attempt = coalesce($3::int, attempt),
          on_crash = coalesce($4, on_crash), lease_until = coalesce(${now} + $5::bigint, 0), status = $6::int, headers = $7,
          body = $8::bytea, detail = coalesce($9, detail), updated_at = ${now}, expires_at = ${now} + $10::bigint
          WHERE key = $11 AND state = $12 AND owner = $13 AND attempt = $14::int AND ($15::bigint IS NULL OR lease_until = $15::bigint)`,
        [
          to.state,
          to.owner ?? null,
          to.attempt ?? null,
          to.onCrash ?? null,
          to.leaseMs ?? null,
          to.answer?.status ?? null,
          to.answer === undefined ? null : JSON.stringify(to.answer.headers),
          to.answer === undefined ? null : Buffer.from(to.answer.body),
          to.detail ?? null,
          to.retentionMs ?? null,
          seen.key,
          seen.state,
          seen.owner,
          seen.attempt,
          seen.leaseUntil ?? null,
        ],
      ),
    renew: ({ key, owner, attempt, lane }, leaseMs) => {
      const entry = `UPDATE ${t.entries} SET ${lease} WHERE key = $2 AND owner = $3 AND attempt = $4::int AND state = 'processing'`;
      if (lane === undefined) return changed(entry, [leaseMs, key, owner, attempt]);
      const both = `WITH entry AS (${entry} RETURNING 1), lane AS (UPDATE ${t.lanes} SET ${lease} WHERE lane = $5 AND owner = $3 RETURNING 1)
        SELECT 1 FROM entry, lane`;
      return changed(both, [leaseMs, key, owner, attempt, lane]);
    },
    begin(held) {
      const isStillMine = async () => {
        const found = await find(held.key);
        if (found?.owner !== held.owner || found.attempt !== held.attempt || found.state !== 'processing')
          return false;
        if (held.lane === undefined) return true;
        const [lane] = await rows(`SELECT owner FROM ${t.lanes} WHERE lane = $1`, [held.lane]);
        return lane?.['owner'] === held.owner;
      };
      const lazily: PgPool = {
        query,
        connect: async () => (await poolOf()).connect(),
        on: () => undefined,
        end: () => Promise.resolve(),
      };
      return beginPostgresWork(given ?? lazily, t, held, isStillMine);
    },
    takeLane: (lane, owner, leaseMs) =>
      changed(
        `INSERT INTO ${t.lanes} AS l (lane, owner, lease_until) VALUES ($1, $2, ${now} + $3::bigint)
          ON CONFLICT (lane) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
          WHERE l.owner = excluded.owner OR l.lease_until <= ${now}`,
        [lane, owner, leaseMs],
      ),
    async releaseLane(lane, owner) {
      await query(`DELETE FROM ${t.lanes} WHERE lane = $1 AND owner = $2`, [lane, owner]);
    },
    async versionOf(entity) {
      const [row] = await rows(`SELECT version FROM ${t.versions} WHERE entity = $1`, [entity]);
      return typeof row?.['version'] === 'string' ? row['version'] : undefined;
    },
    async list({ state, lapsed, limit }) {
      const over = lapsed === true ? `AND lease_until <= ${now}` : '';
      return (
        await rows(`${select} WHERE state = $1 ${over} ORDER BY updated_at LIMIT $2`, [state, limit])
      ).map(readRow);
    },
    async sweep(limit) {
      const over = `SELECT key FROM ${t.entries} WHERE expires_at <= ${now} LIMIT $1 FOR UPDATE SKIP LOCKED`;
      return (await query(`DELETE FROM ${t.entries} WHERE key IN (${over})`, [limit])).rowCount ?? 0;
    },
    async migrate() {
      const pool = await poolOf();
      // Two processes that migrate at once: IF NOT EXISTS alone lets both try, and one fail.
      await pool.query(
        `BEGIN; SELECT pg_advisory_xact_lock(7204781); ${postgresSchema(options.table)} COMMIT`,
      );
    },
    async close() {
      if (own !== undefined) await (await own).end();
      own = undefined;
    },
  };
}

const surviving = new WeakSet<PgPool>();

/** An idle connection that breaks is replaced by the pool; without a listener its error would end the process. */
function surviveBrokenConnections(pool: PgPool): void {
  if (surviving.has(pool)) return;
  surviving.add(pool);
  pool.on('error', () => undefined);
}

/** A pool from an address, or from the `PG*` variables. Throws if the package `pg` is not installed. */
export async function openPool(connectionString?: string): Promise<PgPool> {
  const name = 'pg';
  let pg: unknown;
  try {
    pg = await import(name);
  } catch (cause) {
    throw new Error(
      'No store was given, and the package "pg" is not there: npm install pg, or give `store`',
      { cause },
    );
  }
  const Pool = poolClass(pg);
  if (Pool === undefined) throw new Error('the package "pg" has no Pool');
  // A pool that nobody closes must not keep the process alive.
  const pool = new Pool({
    allowExitOnIdle: true,
    connectionTimeoutMillis: 5_000,
    ...(connectionString !== undefined && { connectionString }),
  });
  surviveBrokenConnections(pool);
  return pool;
}

type PoolClass = new (options: object) => PgPool;

function poolClass(pg: unknown): PoolClass | undefined {
  const inner = typeof pg === 'object' && pg !== null && 'default' in pg ? pg.default : pg;
  return hasPool(inner) ? inner.Pool : undefined;
}

function hasPool(pg: unknown): pg is { readonly Pool: PoolClass } {
  return typeof pg === 'object' && pg !== null && 'Pool' in pg && typeof pg.Pool === 'function';
}
