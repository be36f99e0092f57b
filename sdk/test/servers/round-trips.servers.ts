import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCountingProxy } from '../counting-proxy.ts';
import { createOnce, postgres, type PostgresDb, type Store } from '../../src/index.ts';
import { freshTable, given } from './given.ts';

describe.each([false, true])('round trips to PostgreSQL, pipeline mode %s', (pipeline) => {
  const table = freshTable();
  let proxy: Awaited<ReturnType<typeof startCountingProxy>>;
  let pool: pg.Pool;
  let store: Store<PostgresDb>;

  beforeAll(async () => {
    proxy = await startCountingProxy(Number(new URL(given('POSTGRES_URL')).port));
    pool = new pg.Pool({
      host: '127.0.0.1',
      port: proxy.port,
      user: 'postgres',
      database: 'postgres',
      max: 2,
      pipeline,
    });
    store = postgres(pool, { table });
    await store.migrate();
    await pool.query(`CREATE TABLE ${table}_charges (event text)`);
    await createOnce({ store })({ key: 'warm' }, ({ db }) => db.query('SELECT 1'));
    await pool.query('SELECT 1');
  });
  afterAll(async () => {
    await pool.end();
    await proxy.close();
  });

  const insert = `INSERT INTO ${table}_charges VALUES ($1)`;

  test('a bare handler costs its statement', async () => {
    proxy.take();
    await pool.query(insert, ['bare']);

    expect(proxy.take()).toBe(1);
  });

  test('a first delivery costs two more, in a transaction with its completion', { retry: 0 }, async () => {
    const once = createOnce({ store });
    proxy.take();
    expect(
      (await once({ key: 'first' }, ({ db }) => db.query(insert, ['first']).then(() => 'done'))).kind,
    ).toBe('ran');

    // In pipeline mode BEGIN and COMMIT are answered for themselves, though nobody waits for either answer before sending the next.
    expect(proxy.take()).toBe(pipeline ? 5 : 3);
    expect((await pool.query(`SELECT 1 FROM ${table}_charges WHERE event = 'first'`)).rowCount).toBe(1);
  });

  test('a duplicate costs one', async () => {
    const once = createOnce({ store });
    proxy.take();
    expect((await once({ key: 'first' }, () => 'again')).kind).toBe('replayed');

    expect(proxy.take()).toBe(1);
  });

  test('a handler that does not use the database costs two', async () => {
    const once = createOnce({ store });
    proxy.take();
    expect((await once({ key: 'elsewhere' }, () => 'done')).kind).toBe('ran');

    expect(proxy.take()).toBe(2);
  });
});
