/**
 * `npm run proof --workspace sdk [-- --postgres | -- --store postgres://…]`: two consumers and a storm. Prints what ran how often and what each copy was
 * answered; ends with 1 when a line is not as promised. SQLite in a temporary
 * folder; `--postgres` starts a PostgreSQL of its own.
 */
import { parseArgs } from 'node:util';
import { list } from '../src/index.ts';
import { startConsumer, type ConsumerOptions, type ConsumerProcess } from '../test/consumer-process.ts';
import { openCharges } from '../test/fixtures/charges.ts';
import { post, type Sent } from '../test/http-server.ts';
import { startServers } from '../test/servers/servers.ts';
import { sqliteFile } from '../test/sqlite-file.ts';

const events = 200;
const copies = 50;

const { values } = parseArgs({ options: { store: { type: 'string' }, postgres: { type: 'boolean' } } });
const server = values.postgres === true ? (await startServers(['postgres'])).postgres : undefined;
const address = values.store ?? server?.url;
const temporary = address === undefined ? sqliteFile() : undefined;
const store = address ?? temporary?.file ?? '';
const table = `proof_${process.pid}`;
const options: ConsumerOptions = { store, table, leaseMs: 500, waitMs: 30_000 };

const charges = await openCharges(store, table);
await charges.migrate();
const running: ConsumerProcess[] = [];
let failures = 0;

async function start(more: Partial<ConsumerOptions> = {}): Promise<ConsumerProcess> {
  const consumer = await startConsumer({ ...options, ...more });
  running.push(consumer);
  return consumer;
}

function line(what: string, seen: string, promised: string): void {
  const isKept = seen === promised;
  if (!isKept) failures += 1;
  console.log(`${isKept ? 'ok    ' : 'BROKEN'}  ${what}: ${seen}${isKept ? '' : `, promised: ${promised}`}`);
}

const answered = (sent: Sent | undefined) =>
  sent === undefined
    ? 'no answer'
    : `${sent.status}${sent.headers.get('idempotent-replayed') === 'true' ? ' replayed' : ''}`;
const chargesOf = async (key: string) => (await charges.count()).get(key) ?? 0;
const send = (to: ConsumerProcess, key: string, headers: Record<string, string> = {}) =>
  post(to.url, key, key, headers).catch(() => undefined);

async function storm(): Promise<void> {
  const consumers = [await start(), await start()];
  const keys = Array.from({ length: events }, (_, n) => `storm-${n}`);
  const answers: Sent[][] = [];
  const queue = [...keys];
  const startedAt = performance.now();
  const sendAll = async () => {
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      const event = key;
      const targets = Array.from({ length: copies }, (_, n) => consumers[n % 2]);
      answers.push(await Promise.all(targets.map((to) => post(to?.url ?? '', event, event))));
    }
  };
  await Promise.all([sendAll(), sendAll(), sendAll(), sendAll()]);

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n${copies} copies at once of each of ${events} events, two consumers (${seconds} s)`);
  const counts = [...(await charges.count()).values()];
  line('events charged exactly once', String(counts.filter((n) => n === 1).length), String(events));
  line('events charged more often', String(counts.filter((n) => n > 1).length), '0');
  const same = answers.filter(
    (sent) => new Set(sent.map(({ status, text }) => `${status} ${text}`)).size === 1,
  );
  line(
    'events whose copies all got one and the same 200',
    String(same.filter(([first]) => first?.status === 200).length),
    String(events),
  );
  const firsts = answers.flat().filter(({ headers }) => headers.get('idempotent-replayed') === null).length;
  line(
    'copies answered by the run itself, and as replays',
    `${firsts}, ${answers.flat().length - firsts}`,
    `${events}, ${events * (copies - 1)}`,
  );
}

async function crash(): Promise<void> {
  console.log('\nA fresh event; its consumer is killed after the charge, before the commit');
  const dying = await start();
  line(
    'answer of the killed consumer',
    answered(await send(dying, 'crash', { 'x-die': 'after-effect' })),
    'no answer',
  );
  await dying.exited;
  line('charges after the crash', String(await chargesOf('crash')), '0');
  const again = await start();
  line('first copy after the restart', answered(await send(again, 'crash')), '200');
  line('second copy', answered(await send(again, 'crash')), '200 replayed');
  line('charges in the end', String(await chargesOf('crash')), '1');

  console.log('\nA fresh event; its consumer is killed after the commit, before the answer');
  const committed = await start();
  line(
    'answer of the killed consumer',
    answered(await send(committed, 'late', { 'x-die': 'before-answer' })),
    'no answer',
  );
  line('first copy after the restart', answered(await send(again, 'late')), '200 replayed');
  line('charges in the end', String(await chargesOf('late')), '1');
}

async function failing(): Promise<void> {
  console.log('\nA handler that charges and then throws');
  const consumer = await start();
  line('first copy', answered(await send(consumer, 'fails', { 'x-fail': 'yes' })), '500');
  line('charges after it', String(await chargesOf('fails')), '0');
  line('second copy, the handler does not throw', answered(await send(consumer, 'fails')), '200');
  line('charges in the end', String(await chargesOf('fails')), '1');
}

async function atMostOnce(): Promise<void> {
  console.log('\nThe same crash under at-most-once');
  const dying = await start({ policy: 'at-most-once' });
  line(
    'answer of the killed consumer',
    answered(await send(dying, 'once', { 'x-die': 'inside' })),
    'no answer',
  );
  await dying.exited;
  const again = await start({ policy: 'at-most-once' });
  const copy = await send(again, 'once');
  line(
    'first copy after the restart',
    `${answered(copy)}, quarantined: ${copy?.text.includes('quarantined') === true}`,
    '500, quarantined: true',
  );
  line('charges in the end', String(await chargesOf('once')), '0');
  line(
    'listed as quarantined',
    (await list(charges.store, 'quarantined')).map(({ key }) => key).join(' '),
    'once',
  );
}

try {
  console.log(`Store: ${temporary === undefined ? 'PostgreSQL' : 'SQLite, nothing installed'}`);
  for (const part of [storm, crash, failing, atMostOnce]) {
    await part();
    for (const consumer of running.splice(0)) await consumer.stop();
  }
  console.log(failures === 0 ? '\nEvery line is as promised.' : `\n${failures} lines are not as promised.`);
} finally {
  for (const consumer of running) await consumer.stop();
  await charges.close();
  temporary?.remove();
  await server?.stop();
}
process.exitCode = failures === 0 ? 0 : 1;
