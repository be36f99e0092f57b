import { defineConfig, none, source } from 'hooklane';

/** A handler that does nothing: what is measured is everything around it. */
export default defineConfig({
  sources: { bench: source({ verify: none(), id: 'id', type: 'type', lane: 'entity' }) },
  handlers: { 'bench/*': () => Promise.resolve({ done: true }) },
});
