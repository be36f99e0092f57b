import { defineHandlers, PermanentError } from 'hooklane';
import config from './bench.config.ts';

/** Handlers that do nothing, or fail for good: what is measured is everything around them. */
export default defineHandlers(config, {
  'bench/*': () => Promise.resolve({ done: true }),
  'other/*': () => Promise.resolve({ done: true }),
  'failing/*': () => Promise.reject(new PermanentError('no, and no again')),
});
