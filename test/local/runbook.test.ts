import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ReceiveMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { testTerminal } from '../support/test-terminal.ts';
import { alarmSections, runbookCommands, wordsOf } from './fixtures/runbook-commands.ts';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** They ask AWS for what this machine has not, or for a tool that it may not have. */
const onlyOnAws = /^(aws (lambda|events|secretsmanager) |awscurl |hooklane console --stack )/;
/** Of what the platform says, or says while the ledger is away: nothing here brings that about. */
const otherLogs = /\/(unreachable|Runtime\|Task timed out|the ledger was changed)\/|^filter status >= 500 /;

const here = runbookCommands.filter(({ line }) => !onlyOnAws.test(line) && !otherLogs.test(line));

const logged: Record<string, unknown>[] = [];
const dataFolder = temporaryFolder();
let cloud: SinkCloud;
beforeAll(async () => {
  cloud = await startSinkCloud({
    dataFolder,
    log: (_from, line) => line.startsWith('{') && logged.push(JSON.parse(line) as Record<string, unknown>),
  });
});
afterAll(() => cloud.close());

let failures = 0;

/** An event that failed holds its lane and has its letter in the dead-letter queue; another waits. What made it fail is repaired since. */
async function failOne(): Promise<{ readonly id: string; readonly lane: string }> {
  const id = `failed_${++failures}`;
  const letters = await cloud.deadLetters();
  cloud.sink.answer(`held#${id}`, () => 422);
  await cloud.send('held', { id, type: 'paid', entity: id });
  await cloud.untilState(`held#${id}`, 'failed');
  await cloud.send('held', { id: `${id}-behind`, type: 'paid', entity: id });
  await cloud.untilState(`held#${id}-behind`, 'waiting');
  await until(async () => (await cloud.deadLetters()) === letters + 1, 'its letter is there');
  cloud.sink.answer(`held#${id}`, () => 200);
  return { id, lane: id };
}

/** The names of the runbook stand for those of the failed event. */
const named = (line: string, { id, lane }: { readonly id: string; readonly lane: string }) =>
  line
    .replaceAll(/\bstripe\b|\{source\}/g, 'held')
    .replaceAll(/\bevt_1\b|\{id\}/g, id)
    .replaceAll(/\bcus_1\b|\{entity\}/g, lane)
    .replaceAll('http://127.0.0.1:4700', '$API')
    .replace(/^(GET|POST) (?:\$API)?(\S+)$/, (_all, method: string, path: string) =>
      method === 'GET' ? `curl "$API${path}"` : `curl -d '{"reason":"by the runbook"}' "$API${path}"`,
    );

async function runLine(line: string): Promise<unknown> {
  const words = await wordsOf(line, {
    API: cloud.cloud.url,
    DEAD_LETTER_QUEUE_URL: cloud.cloud.deadLetterQueueUrl,
    DEAD_LETTER_QUEUE_ARN: cloud.cloud.deadLetterQueueArn,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
  });
  const [tool = '', ...args] = words;
  if (tool === 'aws') return await aws(args);
  if (tool === 'hooklane') {
    const { terminal, printed } = testTerminal();
    expect([await run([...args, '--data', dataFolder], terminal), printed.errors]).toEqual([0, '']);
    return printed.output;
  }
  const { stdout } = await promisify(execFile)(tool, ['-sS', '--fail-with-body', ...args]);
  return stdout;
}

/** What the command line of AWS would send. */
async function aws([service = '', operation = '', ...options]: readonly string[]): Promise<unknown> {
  const named = Object.fromEntries(
    options.flatMap((word, i) => (word.startsWith('--') ? [[word, options[i + 1]]] : [])),
  );
  switch (`${service} ${operation}`) {
    case 'sqs receive-message':
      return JSON.stringify(
        await cloud.sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: named['--queue-url'],
            VisibilityTimeout: Number(named['--visibility-timeout']),
          }),
        ),
      );
    case 'sqs start-message-move-task':
      return await cloud.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: named['--source-arn'] }));
    default:
      throw new Error(`${service} ${operation} is not known here`);
  }
}

/** What a repair leads to, of the failed event and of the one that waits behind it. */
const afterwards = {
  redrive: ['processed', 'processed'],
  resolve: ['resolved', 'processed'],
  discard: ['discarded', 'processed'],
  release: ['failed', 'processed'],
  'start-message-move-task': ['processed', 'processed'],
} as const;

const repairOf = (line: string) =>
  Object.entries(afterwards).find(
    ([name]) => !line.includes('jobs') && new RegExp(`[ /]${name}\\b`).test(line),
  )?.[1];

const commands = here.filter(({ line }) => !line.startsWith('filter '));
const is = (pattern: RegExp) => (one: { readonly line: string }) => pattern.test(one.line);
const repairs = commands.filter(({ line }) => repairOf(line) !== undefined);
const resumes = commands.filter(is(/\/resume$/));
const resets = commands.filter(is(/\breset\b/));
const looks = commands.filter((one) => ![repairs, resumes, resets].some((those) => those.includes(one)));

/** What is to be seen of the failed event; its id where nothing is said here. */
const seen: readonly (readonly [RegExp, RegExp])[] = [
  [/sources\/.*audit/, /"items":/],
  [/audit/, /dead-lettered/],
  [/sources\//, /"state":"open"/],
  [/\/health/, /"status":"ok"/],
  [/openapi\.json/, /"openapi":"3\.1\.\d"/],
  [/jobs plan/, /jobs run/],
  [/state=processing/, /"items":\[\]/],
];

test('every alarm has a command in its section', () => {
  const sections = new Set(runbookCommands.map(({ section }) => section));

  expect(alarmSections.length).toBeGreaterThan(8);
  expect(alarmSections.filter((name) => !sections.has(name))).toEqual([]);
});

test('each repair is in the runbook', () => {
  for (const repair of Object.values(afterwards)) {
    expect(repairs.map(({ line }) => repairOf(line))).toContain(repair);
  }
  expect(resumes.length).toBeGreaterThan(0);
  expect(resets.length).toBeGreaterThan(0);
});

describe('looking at an event that failed', () => {
  let failed: Awaited<ReturnType<typeof failOne>>;
  beforeAll(async () => {
    failed = await failOne();
  });

  test.each(looks)('$section: $line', async ({ line }) => {
    const [, expected] = seen.find(([of]) => of.test(line)) ?? [];

    expect(await runLine(named(line, failed))).toMatch(expected ?? failed.id);
  });
});

test.each(repairs)('$section: $line', async ({ line }) => {
  const failed = await failOne();
  const [itself, behind] = repairOf(line) ?? [];

  await runLine(named(line, failed));

  await cloud.untilState(`held#${failed.id}`, itself ?? 'failed');
  await cloud.untilState(`held#${failed.id}-behind`, behind ?? 'processed');
});

test.each(resumes)('$section: $line', async ({ line }) => {
  const failed = { id: '', lane: '' };
  const state = async () => await runLine(named('GET /ops/sources/{source}', failed));
  await runLine(named('POST /ops/sources/{source}/pause', failed));
  expect(await state()).toMatch(/"state":"paused"/);

  await runLine(named(line, failed));

  expect(await state()).toMatch(/"state":"open"/);
});

test.each(resets)('$section: $line', async ({ line }) => {
  const of = { id: `away_${++failures}`, lane: '' };
  const onGuarded = (line: string) => named(line.replace(/\bstripe\b|\{source\}/, 'guarded'), of);
  const state = async () => await runLine(onGuarded('GET /ops/sources/{source}'));
  cloud.sink.answer(`guarded#${of.id}`, () => 500);
  await cloud.send('guarded', { id: of.id, type: 'paid', entity: of.id });
  await until(async () => /"trippedAt"/.test(String(await state())), 'its breaker has tripped');
  cloud.sink.answer(`guarded#${of.id}`, () => 200);

  await runLine(onGuarded(line));

  expect(await state()).toMatch(/"state":"open"/);
});

/** The lines that Logs Insights would find: `=` with `and` or `or` between. */
function linesOf(filter: string) {
  const terms = [...filter.matchAll(/(\w+) = "([^"]+)"/g)];
  const holds = (line: Record<string, unknown>) => (term: RegExpMatchArray) =>
    line[term[1] ?? ''] === term[2];
  return logged.filter((line) =>
    filter.includes(' or ') ? terms.some(holds(line)) : terms.length > 0 && terms.every(holds(line)),
  );
}

test.each(here.filter(is(/^filter correlationId = "\S+" or event = /)))(
  'one id leads from the request to the event and its lane: $line',
  async ({ line }) => {
    const body = JSON.stringify({ id: 'traced', type: 'paid', entity: 'of_traced' });
    const headers = { 'content-type': 'application/json' };
    const sent = await fetch(`${cloud.cloud.url}/webhooks/held`, { method: 'POST', body, headers });
    expect(sent.status).toBe(202);
    const id = sent.headers.get('x-correlation-id') ?? '';
    await cloud.untilState('held#traced', 'processed');
    const filter = named(line, { id: 'traced', lane: '' }).replace(/(correlationId = )"[^"]+"/, `$1"${id}"`);
    const ofRequest = filter.replace(/ or .*/, '');

    await until(() => linesOf(filter).length === 2, 'ingest and processor have written their lines');

    expect(linesOf(ofRequest)).toEqual(linesOf(filter));
    expect(linesOf(filter)).toEqual([
      expect.objectContaining({ correlationId: id, source: 'held' }),
      expect.objectContaining({ correlationId: id, event: 'held#traced', lane: 'held#of_traced' }),
    ]);
  },
);

test('what was done to an event is found in the log by its name: its letter, and its repair', async () => {
  const failed = await failOne();
  await runLine(named('POST /ops/events/{source}/{id}/redrive', failed));
  const lines = () => linesOf(`filter event = "held#${failed.id}"`).map(({ message }) => message);

  await until(() => lines().includes('repaired'), 'the repair is in the log');
  expect(lines()).toContain('a letter was met');
});

test.each(here.filter(is(/^filter .*\| stats count\(\) by cause$/)))(
  'refused signatures are found in the log of ingest: $line',
  async ({ line }) => {
    const refused = await cloud.send('stripe', { id: 'evt_forged' }, { 'stripe-signature': 't=1,v1=00' });

    expect(refused.status).toBe(401);
    await until(() => linesOf(line).length === 1, 'the refusal is in the log');
    expect(linesOf(line)).toEqual([expect.objectContaining({ cause: 'timestamp-expired' })]);
  },
);

test('every query of the log is run, or is of what only AWS says', () => {
  expect(here.filter(is(/^filter /))).toHaveLength(2);
});
