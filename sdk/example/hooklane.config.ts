// In a project of your own: from 'hooklane'.
import { defineConfig, none, source } from '../../functions/index.ts';

export default defineConfig({
  sources: { payments: source({ verify: none(), id: 'id', lane: 'customer' }) },
});
