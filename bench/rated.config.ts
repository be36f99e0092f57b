import { defineConfig, none, source } from 'hooklane';

/** As `bench.config.ts`, at a rate, with four workers. */
export default defineConfig({
  sources: {
    bench: source({
      verify: none(),
      id: 'id',
      type: 'type',
      lane: 'entity',
      atMost: { perSecond: Number(process.env['BENCH_PER_SECOND'] ?? 20) },
    }),
  },
  processor: { timeoutSeconds: 30, maxConcurrency: 4 },
});
