import pg from 'pg';
import { afterAll, describe, test } from 'vitest';
import { storeContract } from '../../src/contract.ts';
import { postgres } from '../../src/stores/postgres.ts';
import { freshTable, given } from './given.ts';

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
