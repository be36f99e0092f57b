import { defineConfig } from 'vitest/config';

/** `npm run test:console`: needs Chromium, which the other tests do not. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
