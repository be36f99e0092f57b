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

/** The tests that have to notice broken verification: its own, and those of the presets whose verifiers have no other. */
export default defineConfig({
  test: {
    include: [
      'test/unit/sources/verify/**/*.test.ts',
      ...libraries.map((name) => `test/unit/sources/presets/libraries/${name}.test.ts`),
    ],
  },
});
