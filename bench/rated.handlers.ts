import { defineHandlers } from 'hooklane';
import config from './rated.config.ts';

export default defineHandlers(config, { 'bench/*': () => Promise.resolve({ done: true }) });
