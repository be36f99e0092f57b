import { defineConfig, none, PermanentError, source } from 'hooklane';

const open = () => source({ verify: none(), id: 'id', type: 'type', lane: 'entity' });

/** Handlers that do nothing, or fail for good: what is measured is everything around them. */
export default defineConfig({
  sources: { bench: open(), other: open(), failing: open() },
  handlers: {
    'bench/*': () => Promise.resolve({ done: true }),
    'other/*': () => Promise.resolve({ done: true }),
    'failing/*': () => Promise.reject(new PermanentError('no, and no again')),
  },
});
