// In a project of your own: from 'hooklane'.
import { defineHandlers, forward } from '../../../functions/index.ts';
import config from '../hooklane.config.ts';

/** Forwards payments to the example app, in order per customer. */
export default defineHandlers(config, {
  'payments/*': forward(process.env['CONSUMER_URL'] ?? 'http://127.0.0.1:4800/webhooks'),
});
