/** Holds the arrows of the layout: infra, local, cli → functions/{ingest,processor,dead-letter,sweeper,ops} → core. */
const core = '^functions/(ledger|lane|sources|body|signatures|handshakes|providers|secrets|config|api)/';
const functionFolders = '^functions/(ingest|processor|dead-letter|sweeper|ops)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Runtime cycles make start-up order matter.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-knows-no-function',
      comment: 'The core knows nothing of Lambda, HTTP or CDK.',
      severity: 'error',
      from: { path: core },
      to: {
        path: `${functionFolders}|^(infra|local|cli|handlers|hooklane\\.config)|node_modules/(@types/)?aws-lambda/|aws-cdk-lib`,
      },
    },
    {
      name: 'functions-do-not-know-each-other',
      severity: 'error',
      from: { path: functionFolders },
      to: { path: functionFolders, pathNot: '^functions/$1/' },
    },
    {
      name: 'functions-do-not-know-their-hosts',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|local|cli|bench|test)/' },
    },
    {
      name: 'only-the-public-interface',
      comment:
        "Configuration and handlers import from 'hooklane' and from each other, nothing else of the tree.",
      severity: 'error',
      from: { path: '^(handlers/|hooklane\\.config\\.ts)' },
      to: { path: '^(functions|infra|local|cli|bench|test)/', pathNot: '^functions/index\\.ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench|sdk/(test|bench|proof))/' },
      to: { path: '^(sdk/)?test/' },
    },
    {
      name: 'the-consumer-stands-alone',
      comment:
        '@hooklane/consumer is installed by others: it needs Node and nothing else, drivers are loaded when used.',
      severity: 'error',
      from: { path: '^sdk/src/' },
      to: { pathNot: '^sdk/src/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'nothing-imports-the-consumer',
      severity: 'error',
      from: { pathNot: '^sdk/' },
      to: { path: '^sdk/' },
    },
    {
      name: 'no-development-dependency-at-run-time',
      severity: 'error',
      from: { path: '^(functions|handlers)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
