/** `npm run bench`: how fast the local cloud is on this machine, next to its bare services in the same run. */
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { callAwsJson } from '../local/aws-json.ts';
import { baseline } from './baseline.ts';
import { besideFailing, median } from './beside-failing.ts';
import { databaseAt } from './database-at.ts';
import { underLoad, type Figures } from './load.ts';
import { figuresOf } from './process-figures.ts';
import { runCloud, type RunningCloud } from './running-cloud.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '2000' } } });
const events = Number(values.events);
const senders = 20;
const lanes = 100;
const rounds = 3;
const aims = { startMs: 3000, acknowledgedPerSecond: 150, processedPerSecond: 100, besideFailing: 1.3 };

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

function processesOf(cloud: RunningCloud): [string, number][] {
  const { pid, databasePid, functionPids } = cloud.endpoints();
  return [
    ['gateway, SQS, pollers', pid],
    ['DynamoDB', databasePid],
    ...Object.entries(functionPids).flatMap(([name, pids]) =>
      pids.map((one): [string, number] => [name, one]),
    ),
    ['this bench', process.pid],
  ];
}

const cpuOf = (processes: readonly [string, number][]) =>
  new Map(processes.map(([, pid]) => [pid, figuresOf(pid)?.cpuSeconds ?? 0]));

/** Processor time of the whole machine, in seconds. */
const busySeconds = () =>
  cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);

const print = (what: string, value: string, aim = '') =>
  console.log(`${what.padEnd(44)}${value.padEnd(30)}${aim}`);
const figures = ({ perSecond, p50Ms, p99Ms }: Figures) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`;
const percentOfACore = (share: number) => `${(share * 100).toFixed(0)} % of a core`;
const verdict = (isMet: boolean, aim: string) => `${isMet ? 'met' : 'MISSED'}: ${aim}`;

const application = {
  configFile: join(import.meta.dirname, 'bench.config.ts'),
  handlersFile: join(import.meta.dirname, 'bench.handlers.ts'),
};
const cloud = await runCloud(application, (url) => post(url, 'bench', 'first', 0));
try {
  const endpoints = cloud.endpoints();
  await underLoad(200, senders, async (n) => {
    await post(endpoints.url, 'bench', `warm-${n}`, n % lanes);
  });
  await drain(endpoints.sqs, endpoints.queueUrl);
  const processes = processesOf(cloud);

  const cpuBefore = cpuOf(processes);
  const busyBefore = busySeconds();
  const startedAt = performance.now();
  let refused = 0;
  const acknowledging = await underLoad(events, senders, async (n) => {
    if (!(await post(endpoints.url, 'bench', `event-${n}`, n % lanes))) refused += 1;
  });
  const left = await inQueue(endpoints.sqs, endpoints.queueUrl);
  const drainSeconds = await drain(endpoints.sqs, endpoints.queueUrl);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuAfter = cpuOf(processes);
  const busy = (busySeconds() - busyBefore) / seconds;
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
  const bare = await baseline(endpoints, Math.min(events, 1000), senders);

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
  console.log(`\nWhere the time went, and memory:`);
  let ours = 0;
  for (const [name, pid] of processes) {
    const share = ((cpuAfter.get(pid) ?? 0) - (cpuBefore.get(pid) ?? 0)) / seconds;
    ours += share;
    const resident = `${figuresOf(pid)?.residentMb.toFixed(0) ?? '?'} MB`;
    print(`  ${name} (${pid})`, percentOfACore(share), resident);
  }
  // What others took of the machine is missing in the figures above.
  print('  everything else on this machine', percentOfACore(Math.max(0, busy - ours)));
} finally {
  await cloud.stop();
}
