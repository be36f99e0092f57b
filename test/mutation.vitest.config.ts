import { defineConfig } from 'vitest/config';

const libraries = [
  'adyen',
  'box',
  'contentful',
  'discord',
  'paypal',
  'plaid',
  'sns',
  'standard-webhooks',
  'stripe',
  'tokens-of-developer-tools-and-chat',
];

/** The tests that have to notice broken verification, and broken ids: its own, and those of the presets whose verifiers have no other. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    include: [
      'test/unit/signatures/**/*.test.ts',
      'test/unit/sources/{event-keys,raw-parts,read-events,split-body}.test.ts',
      ...libraries.map((name) => `test/providers/libraries/${name}.test.ts`),
    ],
  },
});
