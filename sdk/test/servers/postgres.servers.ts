import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { createOnce, type PostgresDb } from '../../src/index.ts';
import { storeContract } from '../../src/contract.ts';
import { rowsOf } from '../../src/stores/row.ts';
import { postgres } from '../../src/stores/postgres.ts';
import { freshTable, given } from './given.ts';

test('without a store it opens PostgreSQL from the PG variables', async () => {
  const { hostname, port } = new URL(given('POSTGRES_URL'));
  Object.assign(process.env, { PGHOST: hostname, PGPORT: port, PGUSER: 'postgres', PGDATABASE: 'postgres' });
  const pool = new pg.Pool();
  await postgres(pool).migrate();
  await pool.end();
  const once = createOnce<PostgresDb>();
  const run = () =>
    once({ key: `default ${freshTable()}` }, async ({ db }) =>
      rowsOf((await db.query('SELECT 41 + 1 AS n')).rows),
    );

  expect(await run()).toMatchObject({ kind: 'ran', value: [{ n: 42 }] });
});

test('a statement that the driver cannot send fails its handler and nothing else', async () => {
  const pool = new pg.Pool({ connectionString: given('POSTGRES_URL'), max: 1 });
  const store = postgres(pool, { table: freshTable() });
  await store.migrate();
  const circular: unknown[] = [];
  circular.push({ circular });
  const once = createOnce({ store, onEvent: () => undefined });

  expect((await once({ key: 'a' }, ({ db }) => db.query('SELECT $1::json', [{ circular }]))).kind).toBe(
    'threw',
  );
  expect((await once({ key: 'b' }, ({ db }) => db.query('COMMIT'))).kind).toBe('threw');
  expect(
    (
      await once({ key: 'c' }, async ({ db }) => {
        await db.query('SELECT 1 / 0').catch(() => undefined);
        return 'swallowed';
      })
    ).kind,
  ).toBe('threw');
  expect(
    (
      await once({ key: 'd' }, async ({ db }) =>
        rowsOf((await db.query('SELECT 1 AS a; SELECT 2 AS b')).rows),
      )
    ).kind,
  ).toBe('ran');
  expect((await once({ key: 'a' }, () => 'ran')).kind).toBe('ran');
  await pool.end();
});

for (const pipeline of [false, true]) {
  describe(`PostgreSQL store${pipeline ? ' in pipeline mode' : ''}`, () => {
    const pool = new pg.Pool({ connectionString: given('POSTGRES_URL'), max: 20, pipeline });
    afterAll(() => pool.end());

    const contract = storeContract({
      async open() {
        const table = freshTable();
        const store = postgres(pool, { table });
        await store.migrate();
        await pool.query(`CREATE TABLE ${table}_effects (value text)`);
        return {
          store,
          effect: async (db, value) => {
            await db.query(`INSERT INTO ${table}_effects VALUES ($1)`, [value]);
          },
          effects: async () =>
            (await pool.query<{ value: string }>(`SELECT value FROM ${table}_effects`)).rows.map(
              (row) => row.value,
            ),
        };
      },
    });
    for (const { name, run } of contract) test(name, run);
  });
}
