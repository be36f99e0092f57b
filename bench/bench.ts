/** `npm run bench`: how fast the local cloud is on this machine, next to its bare services in the same run. */
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { callAwsJson } from '../local/aws-json.ts';
import { baseline } from './baseline.ts';
import { besideFailing, median } from './beside-failing.ts';
import { databaseAt } from './database-at.ts';
import { underLoad, type Figures } from './load.ts';
import { runCloud } from './running-cloud.ts';
import { between, total, UsageMeter } from './usage.ts';

// `--checkout DIR`: the local cloud of another checkout, to compare two versions by one measure.
const { values } = parseArgs({
  options: { events: { type: 'string', default: '2000' }, checkout: { type: 'string' } },
});
const events = Number(values.events);
const checkout = resolve(values.checkout ?? join(import.meta.dirname, '..'));
const senders = 20;
const lanes = 100;
const rounds = 3;
/** Until the instances that a load has called for are gone: an idle minute, and a little. */
const idleAgainMs = 65_000;
const aims = {
  startMs: 1000,
  acknowledgedPerSecond: 400,
  processedPerSecond: 100,
  besideFailing: 1.3,
  idleMb: 300,
  loadedMb: 600,
  cpuMsPerEvent: 5,
};

async function post(url: string, source: string, id: string, lane: number): Promise<boolean> {
  const body = { id, type: 'bench', entity: `entity-${lane}`, filling: 'x'.repeat(400) };
  const response = await fetch(`${url}/webhooks/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 202;
}

const Depth = z.object({ Attributes: z.record(z.string(), z.coerce.number()) });

async function inQueue(sqs: string, queueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  const answer = await callAwsJson(sqs, 'AmazonSQS.GetQueueAttributes', {
    QueueUrl: queueUrl,
    AttributeNames,
  });
  return Object.values(Depth.parse(answer).Attributes).reduce((sum, count) => sum + count, 0);
}

/** Seconds until the queue is empty. */
async function drain(sqs: string, queueUrl: string): Promise<number> {
  const startedAt = performance.now();
  while ((await inQueue(sqs, queueUrl)) > 0) await sleep(20);
  return (performance.now() - startedAt) / 1000;
}

/** Processor time of the whole machine, in seconds. */
const busySeconds = () =>
  cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);

const print = (what: string, value: string, aim = '') =>
  console.log(`${what.padEnd(44)}${value.padEnd(30)}${aim}`);
const figures = ({ perSecond, p50Ms, p99Ms }: Figures) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`;
const verdict = (isMet: boolean, aim: string) => `${isMet ? 'met' : 'MISSED'}: ${aim}`;

const application = {
  configFile: join(checkout, 'bench/bench.config.ts'),
  handlersFile: join(checkout, 'bench/bench.handlers.ts'),
};
const cloud = await runCloud(checkout, application, (url) => post(url, 'bench', 'first', 0));
const meter = new UsageMeter(() => cloud.endpoints(), 500);
try {
  const endpoints = cloud.endpoints();
  await drain(endpoints.sqs, endpoints.queueUrl);
  const started = meter.look();
  await underLoad(200, senders, async (n) => {
    await post(endpoints.url, 'bench', `warm-${n}`, n % lanes);
  });
  await drain(endpoints.sqs, endpoints.queueUrl);

  const before = meter.look();
  meter.takeMost();
  const busyBefore = busySeconds();
  const startedAt = performance.now();
  let refused = 0;
  const acknowledging = await underLoad(events, senders, async (n) => {
    if (!(await post(endpoints.url, 'bench', `event-${n}`, n % lanes))) refused += 1;
  });
  const left = await inQueue(endpoints.sqs, endpoints.queueUrl);
  const drainSeconds = await drain(endpoints.sqs, endpoints.queueUrl);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = meter.look();
  const busy = busySeconds() - busyBefore;
  const loaded = meter.takeMost();
  const processed = events - refused;
  const dynamodb = databaseAt(endpoints.dynamodb);
  const besides = await besideFailing({
    rounds,
    events: Math.ceil(events / 5),
    senders,
    post: (source, id, lane) => post(endpoints.url, source, id, lane),
    drained: async () => {
      await drain(endpoints.sqs, endpoints.queueUrl);
      await drain(endpoints.sqs, endpoints.feederUrl);
    },
    dynamodb,
  });
  dynamodb.destroy();
  const bare = await baseline(endpoints, Math.min(events, 1000), senders, () => meter.look());

  console.log(
    `${availableParallelism()} cores, Node ${process.version}, ${events} events of 0.5 KB in ${lanes} lanes\n`,
  );
  const { firstAcknowledgementMs } = cloud;
  const starts = verdict(firstAcknowledgementMs < aims.startMs, `under ${aims.startMs} ms`);
  print('start to first acknowledgement', `${firstAcknowledgementMs.toFixed(0)} ms`, starts);
  const isFast = acknowledging.perSecond >= aims.acknowledgedPerSecond;
  const acknowledges = verdict(isFast, `${aims.acknowledgedPerSecond}/s`);
  print(`acknowledged, ${senders} senders at once`, figures(acknowledging), acknowledges);
  if (refused > 0) print('not acknowledged', String(refused));
  print('  its services alone: put, send', figures(bare.acknowledging));
  const processedPerSecond = processed / seconds;
  const processing = verdict(processedPerSecond >= aims.processedPerSecond, `${aims.processedPerSecond}/s`);
  print('processed, from first send to last', `${processedPerSecond.toFixed(0)}/s`, processing);
  if (left > events / 10)
    print('  of those, the backlog at the end', `${left} at ${(left / drainSeconds).toFixed(0)}/s`);
  print('  its services alone: receive … delete', figures(bare.processing));
  const [besideGood, besideOnesThatFail] = [median(besides.besideGood), median(besides.besideFailing)];
  const ratio = besideOnesThatFail / besideGood;
  const each = (list: readonly number[]) => list.map((seconds) => seconds.toFixed(1)).join(', ');
  print(
    `${Math.ceil(events / 5)} good events beside as many good ones`,
    `${besideGood.toFixed(1)} s (${each(besides.besideGood)})`,
  );
  print(
    '  beside as many that fail for good',
    `${besideOnesThatFail.toFixed(1)} s (${each(besides.besideFailing)})`,
    `${ratio.toFixed(2)}x, ${verdict(ratio <= aims.besideFailing, `at most ${aims.besideFailing}x`)}`,
  );
  await sleep(idleAgainMs);
  const idle = meter.look();

  const cpu = between(before, after);
  const msPerEvent = (seconds: number) => `${((seconds * 1000) / processed).toFixed(2)} ms`;
  const isFrugal = (total(cpu) * 1000) / processed <= aims.cpuMsPerEvent;
  console.log('\nProcessor time an event, and memory at its most meanwhile:');
  for (const [name, seconds] of cpu) {
    print(`  ${name}`, msPerEvent(seconds), `${(loaded.memoryMb.get(name) ?? 0).toFixed(0)} MB`);
  }
  print('all of them', msPerEvent(total(cpu)), verdict(isFrugal, `${aims.cpuMsPerEvent} ms`));
  print('  the SDK and the services alone', `${bare.cpuMs.toFixed(2)} ms`);
  // What others took of the machine is missing in the figures above.
  print('  everything else on this machine', `${((busy - total(cpu)) / seconds).toFixed(2)} cores`);
  const memory = ({ memoryMb, processes }: typeof idle) =>
    `${total(memoryMb).toFixed(0)} MB, ${processes} processes`;
  print('memory after the start', memory(started));
  print(
    '  under load',
    memory(loaded),
    verdict(total(loaded.memoryMb) <= aims.loadedMb, `${aims.loadedMb} MB`),
  );
  print(
    '  a minute after it',
    memory(idle),
    verdict(total(idle.memoryMb) <= aims.idleMb, `${aims.idleMb} MB`),
  );
} finally {
  meter.stop();
  await cloud.stop();
}
