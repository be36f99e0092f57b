import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { bearer, source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localClientConfig } from '../../local/client-config.ts';
import { countFailure } from '../../functions/lane/breakers.ts';
import { archiveRecords } from '../../functions/archive/archive-records.ts';
import { rateLimiter } from '../../functions/ingest/rate-limit.ts';
import { bucketObjects } from '../../functions/ledger/bucket.ts';
import { createCore } from '../../functions/runtime/core.ts';
import { readQuery } from '../../functions/ops/operations-request.ts';
import { operations } from '../../functions/ops/operations.ts';
import { secretStateBy } from '../../functions/ops/secret-state.ts';
import { onceFor } from '../../functions/processor/once.ts';
import { secretsManagerFetch, secretsManagerKeep } from '../../functions/secrets/secrets-manager.ts';
import { countAttention } from '../../functions/sweeper/metrics.ts';
import { listen, stopListening, urlOf } from '../../local/loopback.ts';
import type { Seed } from '../simulation/fixed-seeds.ts';
import { planOf } from '../simulation/plan-of.ts';
import { simulate } from '../simulation/simulate.ts';
import { startTestDatabase, type TestDatabase } from '../support/dynamodb.ts';
import { anEvent, memoryObjects } from '../support/ledger-fixture.ts';
import { recordingLog } from '../support/recording-log.ts';
import { first, Uses, usesOf, type Use } from '../support/uses.ts';
import { buildStack } from './synthesis.ts';
import { resourcesOf, roleStatements, type Value } from './template.ts';

/** By the name of the role in the template. */
const functions = {
  ingest: 'Ingest',
  processor: 'Processor',
  'dead-letter': 'DeadLetter',
  sweeper: 'Sweeper',
  ops: 'Ops',
  'ledger-watch': 'LedgerWatch',
  archive: 'ArchiveCopy',
} as const;
type FunctionName = keyof typeof functions;

const consumed = (queue: string): Use[] =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action): Use => `sqs:${action} ${queue}`,
  );

const streamed = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (action): Use => `dynamodb:${action} LedgerTable`,
);

/** What Lambda itself does with the role of a function that is fed by a queue or a stream, and what a service asks for beside the action. */
const usedByServices: Readonly<Partial<Record<FunctionName, readonly Use[]>>> = {
  // What SQS does for a move that ops starts and stops; and what reads a body from the bucket, as the processor does.
  ops: [
    ...['StartMessageMoveTask', 'CancelMessageMoveTask', 'ReceiveMessage', 'DeleteMessage'].map(
      (action): Use => `sqs:${action} LaneDeadLetterQueue`,
    ),
    'sqs:SendMessage DeadLetterFeeder',
    's3:GetObject BodyBucket',
    's3:ListBucket BodyBucket',
  ],
  // S3 asks for it to say that an object is not there.
  processor: [...consumed('LaneQueue'), 's3:ListBucket BodyBucket'],
  'dead-letter': consumed('DeadLetterFeeder'),
  'ledger-watch': streamed,
  archive: streamed,
};

/** Histories in which every function does everything that it does with tables and queues: 1,500 others show nothing more. */
const seeds: readonly Seed[] = [
  ...Array.from({ length: 60 }, (_, n): Seed => [String(n + 1)]),
  // Slots are handed on by who runs the handlers, which looks for the lanes that wait.
  ...Array.from({ length: 3 }, (_, n): Seed => [String(n + 1), 'slots']),
];

const uses = new Uses();
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  await histories();
  await operatorsLook();
  await parts();
});
afterAll(() => database.close());

const names: Readonly<Record<string, string>> = {
  ledger: 'LedgerTable',
  state: 'StateTable',
  lanes: 'LaneQueue',
  feeder: 'DeadLetterFeeder',
  dead: 'LaneDeadLetterQueue',
};
const partOf = (name: string): string => names[name.replace(/-[0-9a-f]{8}$/, '')] ?? name;

/** The simulation's functions, on their own code; what operators do there ops does on AWS. */
async function histories(): Promise<void> {
  for (const [seed, scenario] of seeds) {
    await simulate(planOf(seed, scenario), {
      hear: (actor, command) => {
        const [kind = ''] = actor.split('/');
        const { input } = command as { readonly input: unknown };
        const all = usesOf(command.constructor.name, input, partOf);
        // The simulated handlers' own table.
        const own = all.filter((use) => !use.endsWith(' effects'));
        uses.add(kind === 'operator' ? 'ops' : kind, own);
      },
    });
  }
}

function coreOf(fn: FunctionName, ledgerTable: string, stateTable: string) {
  const client = new DynamoDBClient(localClientConfig(database.endpoint));
  client.middlewareStack.add(uses.by(fn, partOf), first);
  const core = createCore({
    dynamodb: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    sqs: { send: () => Promise.reject(new Error('not expected')) },
    ledgerTable,
    stateTable,
    queueUrl: 'lanes',
    objects: memoryObjects(),
    log: recordingLog().log,
    now: () => new Date(),
    newId: randomUUID,
    sleep: () => Promise.resolve(),
  });
  return { ...core, client };
}

/** Every GET of the operations; what the POSTs do is in the histories, but for the reset of a breaker. */
const looks = [
  '/health',
  '/ops/attention',
  '/ops/events/acme/1',
  '/ops/events/acme/1/audit',
  '/ops/lanes/acme/customer-1',
  '/ops/openapi.json',
  '/ops/events',
  '/ops/events?lane=acme%23customer-1',
  '/ops/events?state=failed',
  '/ops/events?lane=acme%23customer-1&type=paid',
  '/ops/lanes',
  '/ops/rejections',
  '/ops/sources',
  '/ops/stats',
  '/ops/series',
  '/ops/configuration',
  '/ops/metrics',
  '/ops/jobs',
  '/ops/dead-letters',
  '/payloads/acme/1',
];
const resetAcme = '/ops/sources/acme/reset';

/** SQS asks for both by the queue's ARN. */
const askedQueues = {
  send: (command: object) => {
    const { QueueUrl } = (command as { readonly input: { readonly QueueUrl?: string } }).input;
    const action = command.constructor.name.replace(/Command$/, '');
    uses.add('ops', [`sqs:${action} ${partOf(QueueUrl ?? 'dead')}`]);
    const counts = ['', 'NotVisible', 'Delayed'].map(
      (kind) => [`ApproximateNumberOfMessages${kind}`, '0'] as const,
    );
    return Promise.resolve({ Attributes: { QueueArn: 'arn', ...Object.fromEntries(counts) } });
  },
} as Pick<SQSClient, 'send'>;

async function operatorsLook(): Promise<void> {
  const core = coreOf('ops', await database.table('ledger'), await database.table('state'));
  const event = anEvent({ eventId: '1' });
  await core.ledger.accept(event);
  await core.lanes.commit([core.lanes.change(undefined, { lane: event.lane, waiting: 1 }).item]);
  const breaker = { failures: 1 };
  await countFailure(
    'acme',
    { ...breaker, probeSeconds: 60 },
    'test',
    coreOf('processor', core.ledgerTable, core.stateTable),
  );
  const sources = { acme: source({ verify: bearer(), id: 'id', breaker }) };
  const secrets = new SecretsManagerClient({ region: 'us-east-1' });
  secrets.middlewareStack.add(
    uses.by('ops', () => 'SourceSecret'),
    first,
  );
  secrets.middlewareStack.add(
    () => () => Promise.resolve({ response: undefined, output: { $metadata: {} } as never }),
    { ...first, priority: 'low' },
  );
  const deps = {
    ...core,
    sources,
    sqs: askedQueues,
    queueUrl: 'lanes',
    deadLetterUrl: 'dead',
    version: '1.2.3',
    secretOf: secretStateBy(secrets, (name) => name),
  };
  const asked = [...looks.map((target) => ['GET', target] as const), ['POST', resetAcme] as const];
  for (const [method, target] of asked) {
    const [path = '', query = ''] = target.split('?');
    const body = method === 'POST' ? JSON.stringify({ reason: 'it answers again' }) : '';
    const { statusCode } = await operations(
      { method, path, query: readQuery(query), body, actor: 'test' },
      deps,
    );
    expect([path, statusCode]).toEqual([path, 200]);
  }
}

/** What no history has: limits, steps, large bodies, secrets, and the count of what needs attention. */
async function parts(): Promise<void> {
  const [ledgerTable, stateTable] = [await database.table('ledger'), await database.table('state')];
  const ingest = coreOf('ingest', ledgerTable, stateTable);
  await rateLimiter(ingest.dynamodb, stateTable)({ sourceName: 'acme', who: '*', perMinute: 1 }, new Date());
  const { client: dynamodb } = coreOf('processor', ledgerTable, stateTable);
  const lambda = { getRemainingTimeInMillis: () => 1000 } as Context;
  const once = onceFor('acme#1', 0, { dynamodb, stateTable, sources: {}, lambda });
  await once('fails', () => Promise.reject(new Error('busy'))).catch(() => undefined);
  await once('step', () => Promise.resolve(1));
  await once('step', () => Promise.resolve(1));
  await countAttention(coreOf('sweeper', ledgerTable, stateTable));
  await bodies(dynamodb);
  await secrets();
}

async function bodies({ config }: DynamoDBClient): Promise<void> {
  let fn: FunctionName = 'ingest';
  const server = createServer(({ method }, response) => {
    const bucket = fn === 'archive' ? 'LedgerArchive' : 'BodyBucket';
    uses.add(fn, [`s3:${method === 'PUT' ? 'PutObject' : 'GetObject'} ${bucket}`]);
    response.end('a body');
  });
  const endpoint = urlOf(await listen(server, 0, 'S3'));
  const bucket = bucketObjects({ bucket: 'bodies', aws: config, endpoint, maxAttempts: 1, timeoutMs: 1000 });
  await bucket.put('a', Buffer.from('a body'));
  fn = 'processor';
  await bucket.get('a');
  fn = 'archive';
  await archiveRecords([{ eventName: 'INSERT' }], bucket);
  await stopListening(server);
}

async function secrets(): Promise<void> {
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    uses.by('ingest', () => 'SourceSecret'),
    first,
  );
  const until = new Date(Date.now() + 60_000).toISOString();
  client.middlewareStack.add(
    () => () =>
      Promise.resolve({
        response: undefined,
        output: {
          $metadata: {},
          SecretString: JSON.stringify([`pairing:${until}`]),
          VersionId: '1',
        } as never,
      }),
    { ...first, priority: 'low' },
  );
  await secretsManagerFetch(client, (source) => source)('notes');
  await secretsManagerKeep(client, (source) => source)('notes', 'secret', new Date());
}

/** What the function's role may do, but for its log. */
function granted(fn: FunctionName): readonly Use[] {
  const all = roleStatements(resourcesOf(buildStack('pairing', { archive: { days: 1 } })))
    .filter(({ holder }) => holder.startsWith(`${functions[fn]}Role`))
    .flatMap(({ statement: { Action, Resource } }) =>
      Resource.flatMap((resource) => Action.map((action) => `${action} ${nameOf(resource)}` as Use)),
    );
  return [...new Set(all)].filter((use) => !use.startsWith('logs:')).sort();
}

function nameOf(resource: Value): string {
  const text = JSON.stringify(resource);
  const [, id = text] = /"(?:Ref|Fn::GetAtt)":\[?"([A-Za-z]+)/.exec(text) ?? [];
  const index = /\/index\/[a-z-]+/.exec(text)?.[0] ?? '';
  return id.replace(/^SourceSecret.*/, 'SourceSecret') + index;
}

it.each(Object.keys(functions) as FunctionName[])('%s is granted what it uses, and nothing else', (fn) => {
  const used = [...new Set([...uses.of(fn), ...(usedByServices[fn] ?? [])])].sort();

  console.log(`${fn}: ${used.join(', ')}`);
  expect(granted(fn)).toEqual(used);
});
