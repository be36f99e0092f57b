import { defineHandlers, forward } from 'hooklane';
import config from './subscribed.config.ts';

const to = (path: string) => forward(`${process.env['BENCH_DESTINATION'] ?? 'http://127.0.0.1:9'}${path}`);

export default defineHandlers(config, {
  'warm/*': { crm: to('/warm.crm'), ledger: to('/warm.ledger') },
  'alone/*': { crm: to('/alone.crm') },
  'beside/*': { crm: to('/beside.crm'), ledger: to('/beside.ledger') },
});
