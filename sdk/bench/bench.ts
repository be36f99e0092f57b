/**
 * `npm run bench --workspace sdk`: what running once costs, beside a bare handler and two published middlewares, on servers of its own.
 * Every handler inserts one row into PostgreSQL; requests go over HTTP in this process. Figures are of this machine and this run.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Idempotency } from '@node-idempotency/core';
import { RedisStorageAdapter } from '@node-idempotency/storage-adapter-redis';
import express from 'express';
import { getSharedIdempotencyService, idempotency, type IIdempotencyDataAdapter } from 'express-idempotency';
import RedisAdapter from 'express-idempotency-redis-adapter';
import pg from 'pg';
import { idempotent, postgres } from '../src/index.ts';
import { startServers, stopServers } from '../test/servers/servers.ts';

const requests = Number(process.argv[2] ?? 2000);
const concurrency = 20;

const servers = await startServers(['postgres', 'redis']);
const pool = new pg.Pool({ connectionString: servers.postgres?.url, max: concurrency });
const insert = 'INSERT INTO charges (event) VALUES ($1)';
await pool.query('CREATE TABLE charges (event text NOT NULL)');
const store = postgres(pool);
await store.migrate();
const keyOf = (req: express.Request): string => req.get('idempotency-key') ?? '';

const bare = () => {
  const app = express().use(express.json());
  app.post('/', async (req, res) => {
    await pool.query(insert, [keyOf(req)]);
    res.json({ charged: keyOf(req) });
  });
  return app;
};
const inTransaction = () => {
  const app = express().use(express.json());
  app.post('/', async (req, res) => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(insert, [keyOf(req)]);
    await client.query('COMMIT');
    client.release();
    res.json({ charged: keyOf(req) });
  });
  return app;
};
const ours = () => {
  const app = express();
  app.post(
    '/',
    idempotent(
      async ({ db, key }) => {
        await db.query(insert, [key]);
        return { charged: key };
      },
      { store },
    ),
  );
  return app;
};
const expressIdempotency = async () => {
  const adapter = new RedisAdapter.default({ connectionConfig: { url: servers.redis?.url ?? '' } });
  await adapter.connect();
  const app = express().use(express.json());
  app.use(
    // Its types say `undefined` where the other's say nothing.
    idempotency({ dataAdapter: adapter as IIdempotencyDataAdapter }),
  );
  app.post('/', async (req, res) => {
    if (getSharedIdempotencyService().isHit(req)) return;
    await pool.query(insert, [keyOf(req)]);
    res.json({ charged: keyOf(req) });
  });
  return { app, close: () => adapter.disconnect() };
};
const nodeIdempotency = async () => {
  const adapter = new RedisStorageAdapter({ url: servers.redis?.url ?? '' });
  await adapter.connect();
  const idempotency = new Idempotency(adapter, {
    inProgressStrategy: { wait: true, pollingIntervalMs: 20, maxWaitMs: 5000 },
  });
  const app = express().use(express.json());
  app.post('/', async (req, res) => {
    const request = {
      headers: req.headers,
      path: req.path,
      method: req.method,
      body: req.body as Record<string, unknown>,
    };
    const known = await idempotency.onRequest(request);
    if (known !== undefined) {
      res.json(known.body);
      return;
    }
    await pool.query(insert, [keyOf(req)]);
    const body = { charged: keyOf(req) };
    await idempotency.onResponse(request, { body });
    res.json(body);
  });
  return { app, close: () => adapter.disconnect() };
};

const noClose = async (): Promise<void> => undefined;
const subjects: [string, () => Promise<{ app: express.Express; close: () => Promise<void> }>][] = [
  ['bare handler, one statement', async () => ({ app: bare(), close: noClose })],
  ['bare handler, BEGIN and COMMIT', async () => ({ app: inTransaction(), close: noClose })],
  ['@hooklane/consumer, PostgreSQL', async () => ({ app: ours(), close: noClose })],
  ['express-idempotency 1.0.6, Redis', expressIdempotency],
  ['@node-idempotency/core 1.0.11, Redis', nodeIdempotency],
];

/** Sends `keys` in order, so many at a time; returns requests a second. */
async function load(url: string, keys: readonly string[]): Promise<number> {
  const queue = [...keys];
  const startedAt = performance.now();
  const sender = async () => {
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ key }) });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  return keys.length / ((performance.now() - startedAt) / 1000);
}

const urlOf = (server: Server): string => {
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
};

try {
  console.log(`${requests} requests, ${concurrency} at a time, medians of three rounds`);
  console.log(
    `${'requests a second'.padEnd(38)}${'first'.padStart(8)}${'again'.padStart(8)}   effects of 10 × 100 copies at once`,
  );
  const results = new Map<string, { first: number[]; again: number[]; effects: number }>();
  const started = [];
  for (const [name, make] of subjects) {
    const { app, close } = await make();
    // Refused copies are counted, not printed.
    app.set('env', 'test');
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    started.push({ name, url: urlOf(server), server, close });
    results.set(name, { first: [], again: [], effects: 0 });
    await load(
      urlOf(server),
      Array.from({ length: 300 }, () => randomUUID()),
    );
  }
  // Round by round, so that what slows the machine down slows all of them.
  for (let round = 0; round < 3; round++) {
    for (const { name, url } of started) {
      const keys = Array.from({ length: requests }, () => randomUUID());
      results.get(name)?.first.push(await load(url, keys));
      results.get(name)?.again.push(await load(url, keys));
    }
  }
  for (const { name, url, server, close } of started) {
    const run = randomUUID();
    for (let n = 0; n < 10; n++) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': `${run} ${n}` };
      const copies = Array.from({ length: 100 }, () =>
        fetch(url, { method: 'POST', headers, body: '{"copy":true}' }).then((response) =>
          response.arrayBuffer(),
        ),
      );
      await Promise.allSettled(copies);
    }
    const { rows } = await pool.query<{ n: string }>(
      'SELECT count(*) AS n FROM charges WHERE event LIKE $1',
      [`${run}%`],
    );
    const { first = [], again = [] } = results.get(name) ?? {};
    const shown = [first, again].map((figures) => String(Math.round(median(figures))).padStart(8)).join('');
    console.log(`${name.padEnd(38)}${shown}   ${rows[0]?.n ?? '?'} of 10`);
    server.closeAllConnections();
    server.close();
    await close();
  }
} finally {
  await pool.end();
  await stopServers(servers);
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}
