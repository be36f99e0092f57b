import mysql2 from 'mysql2/promise';
import { afterAll, describe, test } from 'vitest';
import { storeContract } from '../../src/contract.ts';
import { rowsOf } from '../../src/stores/row.ts';
import { mysql } from '../../src/stores/mysql.ts';
import { freshTable, given } from './given.ts';

describe('MySQL store on MariaDB', () => {
  const pool = mysql2.createPool({ uri: given('MARIADB_URL'), connectionLimit: 20 });
  afterAll(() => pool.end());

  const contract = storeContract({
    async open() {
      const table = freshTable();
      const store = mysql(pool, { table });
      await store.migrate();
      await pool.query(`CREATE TABLE ${table}_effects (value VARCHAR(100)) ENGINE = InnoDB`);
      return {
        store,
        effect: async (db, value) => {
          await db.query(`INSERT INTO ${table}_effects VALUES (?)`, [value]);
        },
        effects: async () => {
          const [rows] = await pool.query(`SELECT value FROM ${table}_effects`);
          return Array.isArray(rows) ? rowsOf(rows).map((row) => String(row['value'])) : [];
        },
      };
    },
  });
  for (const { name, run } of contract) test(name, run);
});
