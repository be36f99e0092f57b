import { defineConfig, none, source, type SourceOptions } from 'hooklane';

const open = (more: Partial<SourceOptions> = {}) =>
  source({ verify: none(), id: 'id', type: 'type', lane: 'entity', ...more });

/** One source with a breaker, and one without. */
export default defineConfig({
  sources: { guarded: open({ breaker: { failures: 10, probeSeconds: 60 } }), open: open() },
});
