import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { connect } from '../../cli/operations/connect.ts';
import { knownOperations } from '../../cli/operations/known-operations.ts';
import { hooklane } from '../../cli/program.ts';
import { run } from '../../cli/run.ts';
import { startCloud, type Cloud } from '../../local/start-cloud.ts';
import { testTerminal } from '../support/test-terminal.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

const folder = temporaryFolder();
const data = join(folder, 'data');
const fixture = (file: string) => join(import.meta.dirname, 'fixtures', file);
let cloud: Cloud;
const servers: Server[] = [];

/** A command line, without and with a terminal. */
async function cli(args: readonly string[], columns?: number) {
  const { terminal, printed } = testTerminal({ columns });
  const code = await run(args, terminal);
  return { code, ...printed };
}
const hooklaneRun = async (...args: string[]) => await cli([...args, '--data', data]);

/** Sends an event of Stripe; one that fails holds its lane. */
async function send(id: string, customer: string, type = 'invoice.paid') {
  const file = join(folder, `${id}.json`);
  const object = { id: `in_${id}`, object: 'invoice', customer };
  writeFileSync(file, JSON.stringify({ id, object: 'event', type, created: 1, data: { object } }));
  expect(await hooklaneRun('send', 'stripe', '--source', 'billing', '--file', file)).toMatchObject({
    code: 0,
  });
}

async function untilState(id: string, state: string, source = 'billing') {
  const client = await connect({ data }, testTerminal().terminal);
  await until(async () => {
    const read = await client.ask('readEvent', { named: { source, eventId: id } });
    return read.value.state === state;
  }, `${id} is ${state}`);
}

/** Sends an event that is handed on to a subscriber. */
async function toCrm(id: string, state: string) {
  expect(await hooklaneRun('send', 'github', '--id', id)).toMatchObject({ code: 0 });
  await untilState(id, 'processed', 'github');
  await untilState(id, state, 'github.crm');
}

beforeAll(async () => {
  cloud = await startCloud({
    dataFolder: data,
    port: 0,
    drainMs: 0,
    configFile: fixture('cli.config.ts'),
    handlersFile: fixture('cli.handlers.ts'),
  });
  const failing = [2, 3, 4, 5].map((n) => send(`evt_${n}`, `cus_${n}`, 'invoice.payment_failed'));
  await Promise.all([
    send('evt_1', 'cus_1'),
    toCrm('evt_9', 'processed'),
    toCrm('refused_1', 'failed'),
    ...failing,
  ]);
  await untilState('evt_5', 'failed');
  await send('evt_6', 'cus_5');
  await Promise.all([
    untilState('evt_1', 'processed'),
    // Its failure trips the breaker of the crm.
    toCrm('evt_8', 'waiting'),
    ...[2, 3, 4].map((n) => untilState(`evt_${n}`, 'failed')),
    untilState('evt_6', 'waiting'),
  ]);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await cloud.close();
});

/** A server of a developer's, as they have it at http://localhost:3000. */
async function startMachine() {
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const machine = { answer: 200, received, url: '', close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(machine.answer).end('taken');
    });
  });
  servers.push(server);
  machine.url = await urlOf(server);
  machine.close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return machine;
}

/** Stands before a gateway and notes by which methods it is asked. */
async function startWitness(gateway: string) {
  const reads: string[] = [];
  const server = createServer((request, response) => {
    reads.push(request.method ?? '');
    void fetch(new URL(request.url ?? '', gateway)).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  servers.push(server);
  return { reads, url: await urlOf(server) };
}

async function urlOf(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** What a command prints with `--json`, beside the operations of the API. */
const printedSchemas: Readonly<Record<string, z.ZodType>> = {
  doctor: z.object({ isWell: z.literal(true), findings: z.array(z.looseObject({ what: z.string() })) }),
  jobs: z.union([knownOperations.listJobs.answer, knownOperations.readJob.answer]),
  presets: z.array(z.looseObject({ preset: z.string() })),
};
const operationOf: Readonly<Record<string, keyof typeof knownOperations>> = {
  attention: 'listAttention',
  events: 'listEvents',
  lanes: 'listLanes',
  payload: 'readPayload',
  rejections: 'listRejections',
  sources: 'listSources',
  stats: 'readStats',
  dlq: 'readDeadLetters',
  event: 'readEvent',
  audit: 'readAudit',
  lane: 'readLane',
  redrive: 'redrive',
  replay: 'replay',
  discard: 'discard',
  resolve: 'resolve',
  release: 'releaseLane',
  pause: 'pauseSource',
  resume: 'resumeSource',
  reset: 'resetBreaker',
};

/** These make or start something: others of these tests run them. */
const elsewhere = new Set(['init', 'start', 'storm', 'console', 'tail', 'listen']);

/** The words of a command line, with what stands in single quotes as one. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

async function examplesOf(command: string): Promise<readonly string[][]> {
  const { output } = await cli([command, '--help']);
  return [...output.matchAll(/^ {2}\$ hooklane (.+)$/gm)].map(([, line = '']) => wordsOf(line));
}

const commands = hooklane(testTerminal().terminal).commands.map((command) => command.name());

describe('the help of a command', () => {
  test.each(commands)('of %s has an example', async (command) => {
    const examples = await examplesOf(command);

    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example[0]).toBe(command);
  });

  test.each(commands.filter((command) => !elsewhere.has(command)))(
    'of %s has examples that work, and JSON of their schemas',
    async (command) => {
      const takesData = (await cli([command, '--help'])).output.includes('--data');
      const takesJson = (await cli([command, '--help'])).output.includes('--json');
      for (const example of await examplesOf(command)) {
        const isAction = example.includes('--reason');
        const application = ['--config', fixture('cli.config.ts'), '--handlers', fixture('cli.handlers.ts')];
        const args = [
          ...example,
          ...(takesData ? ['--data', data] : []),
          ...(command === 'doctor' ? application : []),
        ];
        const forms = isAction
          ? [[...args, '--json']]
          : takesJson && !args.includes('--json')
            ? [args, [...args, '--json']]
            : [args];
        for (const form of forms) {
          const { code, output, errors } = await cli(form);
          expect([code, errors], form.join(' ')).toEqual([0, '']);
          expect(output).not.toBe('');
          if (!form.includes('--json')) continue;
          const operation = operationOf[command];
          const schema =
            operation === undefined ? printedSchemas[command] : knownOperations[operation].answer;
          for (const line of output.trimEnd().split('\n')) schema!.parse(JSON.parse(line));
        }
      }
    },
  );
});

describe('an operator', () => {
  test('finds what holds a lane, on a terminal of 40 columns', async () => {
    await send('evt_7', 'cus_7', 'invoice.payment_failed');
    await untilState('evt_7', 'failed');
    const attention = await cli(['attention', '--data', data], 40);
    const lane = await cli(['lane', 'billing#cus_7', '--data', data], 40);
    const event = await cli(['event', 'billing#evt_7', '--data', data], 40);
    const audit = await cli(['audit', 'billing#evt_7', '--data', data], 40);

    expect(attention.output).toMatch(/billing#evt_7/);
    expect(lane.output).toMatch(/^state +held\n[^]*^turn +evt_7 \(failed\)$/m);
    expect(event.output).toMatch(/^why +permanent-error:\s+PermanentError:/m);
    expect(audit.output).toMatch(/what +failed/);
    for (const { output } of [attention, lane, event, audit]) {
      // A command is copied: the terminal breaks it.
      for (const line of output.split('\n').filter((one) => !one.startsWith('  hooklane ')))
        expect(line.length).toBeLessThanOrEqual(40);
    }
  });

  test('is told which command comes next, and each works as it stands', async () => {
    await send('evt_10', 'cus_10', 'invoice.payment_failed');
    await untilState('evt_10', 'failed');
    await send('evt_11', 'cus_10');
    await untilState('evt_11', 'waiting');
    const next = async (from: readonly string[], command: string) => {
      const { output } = await cli(from);
      const [, line = `no ${command} in ${output}`] =
        new RegExp(`hooklane (${command} .*)$`, 'm').exec(output) ?? [];
      return wordsOf(line);
    };

    const event = await next(['attention', '--source', 'billing', '--data', data], 'event');
    const lane = await next(event, 'lane');
    const redriven = await cli(await next(lane, 'event').then((same) => next(same, 'redrive')));
    const audit = await cli(await next(event, 'audit'));

    expect(event).toEqual(['event', 'billing#evt_10', '--data', data]);
    expect((await cli(event)).output).toMatch(/^means +It /m);
    expect((await cli(lane)).output).toMatch(/^waiting +type[^]*^evt_11 /m);
    expect(redriven.output).toMatch(/^billing#evt_10 is reopened now\./);
    expect(audit.output).toMatch(/redriven .* TEXT/);
  });

  test.each([
    [3, ['event', 'billing', 'evt_none'], /Unknown event/],
    [3, ['lane', 'nobody', 'x'], /Unknown source/],
    [4, ['replay', 'billing', 'evt_7', '-r', 'why'], /Refused\n[^]*Its state is failed\. It rests: /],
    [3, ['release', 'billing', 'cus_none', '-r', 'why'], /Nothing is held/],
    [2, ['events', '--cursor', 'bad'], /The cursor cannot be used/],
    [2, ['events', '--state', 'sleepy'], /Allowed choices are pending, /],
    [2, ['events', '--q', 'x'.repeat(300)], /The query cannot be used\n[^]* {2}q: /],
    [2, ['events', '--from', 'soon'], /Say how long ago/],
    [2, ['dlq', 'move'], /says why: --reason/],
    [2, ['jobs', 'stop'], /Allowed choices are list, plan, /],
    [2, ['jobs', 'plan', 'discard', '-r', 'why'], /every event is meant. Say --yes/],
    [2, ['jobs', 'plan', 'discard', '--yes'], /says why: --reason/],
    [2, ['jobs', 'plan', 'explode', '--yes', '-r', 'why'], /The body cannot be used\n[^]* {2}action: /],
    [2, ['jobs', 'plan', 'discard', '--q', 'nothing of this name', '-r', 'why'], /Nothing matches/],
    [2, ['jobs', 'run', '-r', 'why'], /takes the id of a job/],
    [3, ['jobs', 'run', 'never-heard-of', '-r', 'why'], /Unknown job/],
    [2, ['dlq', 'empty'], /Allowed choices are show, move, cancel/],
    [
      2,
      ['event', 'github', 'evt_9', '--subscriber', 'a#b'],
      /The query cannot be used\n[^]* {2}subscriber: /,
    ],
    [3, ['pause', 'github', '--subscriber', 'cmr', '-r', 'why'], /Unknown subscriber/],
    [3, ['reset', 'nobody', '-r', 'why'], /Unknown source/],
    [4, ['reset', 'billing', '-r', 'why'], /Nothing to change/],
    [4, ['resume', 'billing', '-r', 'why'], /Nothing to change/],
    [2, ['listen'], /required option '--forward <url>'/],
    [2, ['listen', '--forward', 'localhost:3000'], /"localhost:3000" is no http address/],
    [3, ['listen', '--forward', 'http://127.0.0.1:9', '--source', 'nobody'], /Unknown source/],
    [6, ['listen', '--forward', 'http://127.0.0.1:9', '--url', 'http://127.0.0.1:9'], /does not answer/],
    [6, ['event', 'billing', 'evt_1', '--url', 'http://127.0.0.1:9'], /does not answer/],
  ])('is told what is wrong, and exit code %i: %j', async (code, args, message) => {
    const ended = await hooklaneRun(...args);

    expect([ended.code, ended.output]).toEqual([code, '']);
    expect(ended.errors).toMatch(message);
  });

  test('finds the subscriber that failed, and repairs that one alone', async () => {
    const crm = ['--subscriber', 'crm'];
    await hooklaneRun('reset', 'github', ...crm, '-r', 'if it is not yet');
    await toCrm('refused_2', 'failed');
    const event = await hooklaneRun('event', 'github', 'refused_2');
    const lane = await hooklaneRun('lane', 'github', 'refused_2', ...crm);
    const payload = await hooklaneRun('payload', 'github#refused_2', '--raw', ...crm);
    const resolved = await hooklaneRun('resolve', 'github#refused_2', ...crm, '-r', 'told by hand');
    const audit = await hooklaneRun('audit', 'github#refused_2', ...crm);
    const after = await hooklaneRun('event', 'github', 'refused_2', '--json');
    const misspelled = await hooklaneRun('event', 'github', 'refused_2', '--subscriber', 'cmr');

    expect(event.output).toMatch(/^state +processed$/m);
    expect(event.output).toMatch(/^crm +failed +1 +permanent-error/m);
    expect(lane.output).toMatch(/^lane +github\.crm#refused_2\nstate +held\n/);
    expect(JSON.parse(payload.output)).toHaveProperty('repository');
    expect(resolved.output).toMatch(/^github\.crm#refused_2 is resolved now\. /);
    expect(audit.output).toMatch(/resolved .*told by hand/);
    expect(JSON.parse(after.output)).toMatchObject({
      state: 'processed',
      subscribers: [{ name: 'crm', state: 'resolved' }],
    });
    expect([misspelled.code, misspelled.errors]).toEqual([3, expect.stringMatching(/Unknown subscriber/)]);
  });

  test('has the bytes of a payload as they came', async () => {
    const { code, output } = await hooklaneRun('payload', 'billing#evt_1', '--raw');

    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ id: 'evt_1', type: 'invoice.paid' });
  });

  test('pages through a list to its end', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor === undefined ? [] : ['--cursor', cursor];
      const { output } = await hooklaneRun(
        'events',
        '--source',
        'billing',
        '--limit',
        '2',
        '--json',
        ...more,
      );
      const page = knownOperations.listEvents.answer.parse(JSON.parse(output));
      ids.push(...page.items.map(({ eventId }) => eventId));
      cursor = page.cursor;
    } while (cursor !== undefined);

    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids).toEqual(expect.arrayContaining(['evt_1', 'evt_2', 'evt_3', 'evt_4', 'evt_5', 'evt_6']));
  });

  test.each(['tail --source billing', 'tail --source billing --json'])(
    'sees events come in and what becomes of them: %s',
    async (line) => {
      const enough = new AbortController();
      const { terminal, printed } = testTerminal({ ended: enough.signal });
      const id = line.includes('--json') ? 'live_2' : 'live_1';

      const watching = run([...wordsOf(line), '--every', '1', '--data', data], terminal);
      await send(id, `of_${id}`);
      await until(() => printed.output.includes(id) && printed.output.includes('processed'), 'it is seen');
      enough.abort();

      expect([0, 130]).toContain(await watching);
      const lines = printed.output.trimEnd().split('\n');
      const mine = lines.filter((one) => one.includes(id));
      if (line.includes('--json')) {
        const item = z.object({ eventId: z.string(), state: z.string() });
        expect(item.parse(JSON.parse(mine.at(-1) ?? ''))).toEqual({ eventId: id, state: 'processed' });
      } else expect(mine.at(-1)).toMatch(/^\d{4}-.*Z {2}processed +billing#live_1 {2}invoice\.paid/);
    },
  );

  test.each([0, 1])('has a copy of what comes in on a machine of its own (example %i)', async (example) => {
    const machine = await startMachine();
    const { reads, url } = await startWitness(cloud.url);
    const [, , , ...options] = (await examplesOf('listen'))[example] ?? [];
    const enough = new AbortController();
    const { terminal, printed } = testTerminal({ ended: enough.signal });
    const forward = [
      '--forward',
      machine.url,
      ...options.filter((word) => word !== '--data'),
      '--every',
      '1',
    ];

    const listening = run(['listen', ...forward, '--url', url], terminal);
    // The second look begins when the first has told what is there already.
    await until(() => reads.length > 1, 'it has looked once');
    const id = (n: number) => `copied_${example}_${n}`;
    for (let n = 1; n <= 4; n++) await send(id(n), `copied_${example}`);
    await until(() => machine.received.length === 4, 'all are copied');
    machine.answer = 500;
    await send(id(5), 'another');
    await until(() => printed.output.includes('500'), 'it says what the machine answered');
    await machine.close();
    await send(id(6), 'another');
    await until(() => printed.output.includes('ECONNREFUSED'), 'it says that the machine is down');
    enough.abort();

    expect([0, 130]).toContain(await listening);
    expect(machine.received.map(({ body }) => body)).toEqual(
      [1, 2, 3, 4, 5].map((n) => readFileSync(join(folder, `${id(n)}.json`), 'utf8')),
    );
    expect(machine.received[0]?.headers).toMatchObject({
      'content-type': expect.stringContaining('application/json') as string,
      'stripe-signature': expect.stringMatching(/^t=\d+,v1=/) as string,
      'x-hooklane-event': id(1),
    });
    expect(printed.output).not.toContain('evt_1');
    expect(new Set(reads)).toEqual(new Set(['GET']));
    if (example === 1) {
      const line = z.object({
        eventId: z.string(),
        status: z.number().optional(),
        why: z.string().optional(),
      });
      const lines = printed.output.trimEnd().split('\n');
      expect(lines.map((one) => line.parse(JSON.parse(one)).status)).toEqual([
        200,
        200,
        200,
        200,
        500,
        undefined,
      ]);
    }
  });

  test('does the same to many events: a plan, its run with a bar, its end', async () => {
    await Promise.all(['bulk_1', 'bulk_2'].map((id) => send(id, `of_${id}`, 'invoice.payment_failed')));
    await Promise.all(['bulk_1', 'bulk_2'].map((id) => untilState(id, 'failed')));
    const why = ['--reason', 'tests of the provider'];
    const only = ['--source', 'billing', '--q', 'bulk_'];

    const plan = await cli(['jobs', 'plan', 'discard', ...only, '--rate', '1', ...why, '--data', data], 40);
    const [, id = ''] = /jobs run (\S+)/.exec(plan.output) ?? [];
    const paused = await hooklaneRun('jobs', 'pause', id, ...why);
    const { terminal, printed } = testTerminal({ hasProgress: true });
    const ran = await run(['jobs', 'run', id, ...why, '--data', data], terminal);
    const again = await hooklaneRun('jobs', 'run', id, ...why);
    const shown = await hooklaneRun('jobs', 'show', id, '--json');
    const list = await hooklaneRun('jobs');

    expect(plan.output).toMatch(/^events +2 in 2 lanes$/m);
    for (const line of plan.output.split('\n').filter((one) => !one.includes('jobs run')))
      expect(line.length).toBeLessThanOrEqual(40);
    expect(paused.output).toMatch(/^state +paused$/m);
    expect([ran, printed.output]).toEqual([0, expect.stringMatching(/^state +finished$/m)]);
    expect(printed.output).toMatch(/^done +2, refused 0, moved on 0$/m);
    expect([again.code, again.errors]).toEqual([4, expect.stringMatching(/Its state is finished/)]);
    expect(JSON.parse(shown.output)).toMatchObject({ state: 'finished', progress: { done: 2, left: 0 } });
    expect(list.output).toMatch(new RegExp(`^${id} +discard +finished +2 of 2 `, 'm'));
    await untilState('bulk_2', 'discarded');
  });

  test('sees what is paused, and is told how it goes on', async () => {
    const crm = ['github', '--subscriber', 'crm'];
    const paused = await hooklaneRun('pause', ...crm, '-r', 'they move');
    const sources = await hooklaneRun('sources');
    const [, resume = ''] = /hooklane (resume .*)$/m.exec(sources.output) ?? [];
    const resumed = await cli(wordsOf(resume));
    const after = await hooklaneRun('sources');

    expect(paused.output).toContain(resume);
    expect(sources.output).toMatch(/^github\.crm .*: they move/m);
    expect(resumed.output).toMatch(/^github\.crm goes on/);
    expect(after.output).not.toContain('they move');
  });

  test('has errors as JSON, too', async () => {
    const { errors } = await hooklaneRun('event', 'billing', 'evt_none', '--json');

    expect(JSON.parse(errors)).toMatchObject({ exitCode: 3, problem: { cause: 'unknown-event' } });
  });
});
