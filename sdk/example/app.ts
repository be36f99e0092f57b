/**
 * The forward target of Hooklane's local cloud: charges once per event, in SQLite. `node sdk/example/app.ts`, then start the local cloud with
 * `npm start -- --config sdk/example/hooklane.config.ts`.
 */
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
// In a project of your own: from '@hooklane/consumer'.
import { idempotent, sqlite, startSweeper } from '../src/index.ts';

const file = process.env['DATABASE'] ?? 'charges.db';
const store = sqlite(file);
await store.migrate();
startSweeper(store);

interface Payment {
  readonly id: string;
  readonly customer: string;
  readonly amount: number;
}

// In the same file, so that its rows commit with the events.
const database = new DatabaseSync(file);
database.exec(
  'CREATE TABLE IF NOT EXISTS charges (event TEXT NOT NULL, customer TEXT NOT NULL, amount INTEGER NOT NULL)',
);
database.close();

const app = express();
app.post(
  '/webhooks',
  idempotent(
    async ({ event, db, key }) => {
      await db.run('INSERT INTO charges VALUES (?, ?, ?)', key, event.customer, event.amount);
      return { charged: event.amount };
    },
    { store, parse: toPayment, serializeBy: (event) => event.customer },
  ),
);
const port = Number(process.env['PORT'] ?? 4800);
app.listen(port, '127.0.0.1', () => console.log(`Charges at http://127.0.0.1:${port}/webhooks`));

function toPayment(body: unknown): Payment {
  if (typeof body === 'object' && body !== null && 'id' in body && 'customer' in body && 'amount' in body) {
    return { id: String(body.id), customer: String(body.customer), amount: Number(body.amount) };
  }
  throw new TypeError('this is no payment');
}
