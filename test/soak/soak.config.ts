import { defineConfig, none, source, type SourceOptions } from 'hooklane';

const open = (more: Partial<SourceOptions> = {}) =>
  source({
    verify: none(),
    id: 'id',
    type: 'type',
    lane: 'entity',
    retry: { attempts: 4, delaysSeconds: [1, 2, 3] },
    ...more,
  });

export default defineConfig({
  sources: {
    open: open(),
    held: open({ onExhausted: 'hold' }),
    once: open({ execution: 'at-most-once' }),
    'held-once': open({ onExhausted: 'hold', execution: 'at-most-once' }),
    waits: open({ retry: { attempts: 20, delaysSeconds: [1] } }),
  },
  tables: { effects: { partitionKey: 'pk', sortKey: 'sk' } },
  processor: { timeoutSeconds: 6, maxConcurrency: 8 },
});
