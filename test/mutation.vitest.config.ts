import { defineConfig } from 'vitest/config';

const providers = [
  'adyen',
  'box',
  'contentful',
  'datadog',
  'discord-events',
  'gitlab',
  'microsoft-graph',
  'paypal',
  'plaid',
  'sns',
  'standard-webhooks',
  'stripe',
  'telegram',
];

/** The tests that have to notice broken verification, and broken ids: its own, and those of the presets whose verifiers have no other. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    setupFiles: ['test/support/provider/clock.ts'],
    include: [
      'test/unit/signatures/**/*.test.ts',
      'test/unit/sources/{event-keys,raw-parts,read-events,split-body}.test.ts',
      ...providers.map((name) => `test/providers/${name}.test.ts`),
    ],
  },
});
