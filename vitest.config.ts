import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: more forks only make the tests that start real processes slower.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'all but providers',
          include: ['test/**/*.test.ts', 'sdk/test/**/*.test.ts', 'console/test/unit/*.test.ts'],
          exclude: ['test/deploy/**', 'test/providers/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'providers',
          include: ['test/providers/*.test.ts'],
          setupFiles: ['test/support/provider/clock.ts'],
          // Each of them needs all providers. Loaded once for each file, that would take longer than the tests.
          isolate: false,
        },
      },
    ],
  },
});
