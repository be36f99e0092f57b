import { defineHandlers } from 'hooklane';
import config from './many.config.ts';

export default defineHandlers(config, {
  'billing/*': () => Promise.resolve({ done: true }),
  'orders/*': () => Promise.resolve({ done: true }),
  'shipping/*': () => Promise.resolve({ done: true }),
});
