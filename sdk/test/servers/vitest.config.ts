import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..', '..'),
    include: ['sdk/test/servers/**/*.servers.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One at a time: several of them stop processes and watch the clock.
    fileParallelism: false,
  },
});
