// In a project of your own: from 'hooklane'.
import { defineConfig, forward, none, source } from '../../functions/index.ts';

/** Forwards payments to the example app, in order per customer. */
export default defineConfig({
  sources: { payments: source({ verify: none(), id: 'id', lane: 'customer' }) },
  handlers: { 'payments/*': forward(process.env['CONSUMER_URL'] ?? 'http://127.0.0.1:4800/webhooks') },
});
