/**
 * Would the tests notice if verification, or the making of ids, were broken? `npm run mutation`, half an hour; not part of `npm test`.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    // Verifying; what signs samples and tests is none of it.
    'functions/signatures/!(sign-|with-header|sample-)*.ts',
    'functions/providers/*/{signature,client-state}.ts',
    // What ids and parts of bodies are made of.
    'functions/sources/{event-keys,raw-parts,split-body}.ts',
  ],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation.vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // Two at a time: a busier machine would take slow tests for endless loops.
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
  ignorePatterns: [
    '/.hooklane',
    '/cdk.out',
    '/bench',
    '/console',
    '/docs',
    '/test/deploy',
    '/test/local',
    '/test/simulation',
  ],
  thresholds: { high: 98, low: 95, break: 95 },
};
