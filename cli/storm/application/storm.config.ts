import { defineConfig, hmac, source } from 'hooklane';

const signed = hmac({ algorithm: 'sha256', header: 'x-storm-signature', encoding: 'hex' });
const retry = { attempts: 3, delaysSeconds: [1] };

/** What a storm blows upon: order of arrival with lanes that hold, order of numbers, and none. */
export default defineConfig({
  sources: {
    orders: source({ verify: signed, id: 'id', type: 'type', lane: 'entity', onExhausted: 'hold', retry }),
    numbered: source({
      verify: signed,
      id: 'id',
      type: 'type',
      lane: 'entity',
      order: { sequence: 'n', start: 1, gapTimeoutSeconds: 600 },
      retry,
    }),
    alone: source({ verify: signed, id: 'id', type: 'type', retry }),
  },
  tables: { effects: { partitionKey: 'lane' } },
  processor: { timeoutSeconds: 3, maxConcurrency: 8 },
});
