/**
 * Holds the arrows of the tree. No circle of files, not even of types; and each room knows only what is named for it here:
 *
 *   infra, local, cli → ingest, processor, dead-letter, sweeper, ops, ledger-watch → lane → ledger
 *   providers → sources → handshakes → signatures → body
 */
const functionFolders = '^functions/(ingest|processor|dead-letter|sweeper|ops|ledger-watch)/';

/** What the files of a room of functions/ may import of functions/, besides each other. */
const rooms = {
  api: [],
  body: [],
  ledger: ['api'],
  lane: ['ledger', 'api'],
  signatures: ['body'],
  handshakes: ['signatures', 'body', 'api'],
  sources: ['handshakes', 'signatures', 'body', 'api', 'lane/version'],
  providers: ['sources', 'handshakes', 'signatures', 'body', 'api'],
  secrets: ['signatures'],
  config: ['sources', 'body', 'api'],
  runtime: ['config', 'lane', 'ledger', 'api'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that need each other, be it for their types alone, can only be read together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(rooms).map(([room, known]) => ({
      name: `${room}-knows-what-is-below`,
      severity: 'error',
      from: { path: `^functions/${room}/` },
      to: { path: '^functions/', pathNot: `^functions/(${[room, ...known].join('|')})[./]` },
    })),
    {
      name: 'the-core-knows-no-lambda',
      comment: 'Nor HTTP, nor CDK, nor what its user wrote.',
      severity: 'error',
      from: { path: '^functions/(ledger|lane|sources|signatures|handshakes|providers|body|api)/' },
      to: { path: '^(handlers/|hooklane\\.config)|node_modules/(@types/)?aws-lambda/|aws-cdk-lib' },
    },
    {
      name: 'nothing-knows-a-provider',
      comment: 'But for the public interface; the command line, scripts and tests know all of them.',
      severity: 'error',
      from: { path: '^(functions|infra|local)/', pathNot: '^functions/(providers/|index\\.ts$)' },
      to: { path: '^functions/providers/' },
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
      to: { path: '^(infra|local|cli|scripts|bench|test)/' },
    },
    {
      name: 'only-the-public-interface',
      comment:
        "Configuration and handlers import from 'hooklane' and from each other, nothing else of the tree.",
      severity: 'error',
      from: { path: '^(handlers/|hooklane\\.config\\.ts)' },
      to: { path: '^(functions|infra|local|cli|scripts|bench|test)/', pathNot: '^functions/index\\.ts$' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench|sdk/(test|bench|proof)|console/test)/' },
      to: { path: '^(sdk/|console/)?test/' },
    },
    {
      name: 'the-console-stands-on-the-api-alone',
      comment: 'Of the functions it knows the types of what they answer, and what the words in it mean.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: {
        path: '^(functions|infra|local|cli|scripts|bench|handlers)/',
        pathNot: '^functions/ops/meanings\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
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
