/** `npm run bench:pause`: a source of the local cloud is paused, sent events for a while, and resumed. Nothing lost, in order, no attempt used. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { heardWithinSeconds } from '../functions/lane/gate.ts';
import { isAtRest, parseEntry, type Entry } from '../functions/ledger/entry.ts';
import { entriesOnly, eventKey } from '../functions/ledger/keys.ts';
import { databaseAt } from './database-at.ts';
import { underLoad } from './load.ts';
import { runCloud } from './running-cloud.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    lanes: { type: 'string', default: '50' },
  },
});
const [rate, seconds, lanes] = [Number(values.rate), Number(values.seconds), Number(values.lanes)];
const longestMs = 15 * 60_000;

async function post(url: string, path: string, body: unknown): Promise<number | undefined> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status;
}

const idOf = (lane: number, n: number) => `lane-${lane}-${n}`;

/** Each lane sends its next event when the one before is acknowledged, at its share of the rate. */
async function sendAll(url: string): Promise<number[]> {
  const until = performance.now() + seconds * 1000;
  return await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      let n = 0;
      for (let due = performance.now(); due < until; due += (lanes / rate) * 1000) {
        await sleep(Math.max(0, due - performance.now()));
        const event = { id: idOf(lane, n), type: 'bench', entity: `entity-${lane}` };
        while ((await post(url, '/webhooks/bench', event)) !== 202) await sleep(50);
        n++;
      }
      return n;
    }),
  );
}

async function entriesOf(id: string, dynamodb: DynamoDBDocumentClient): Promise<readonly Entry[]> {
  const { from, to } = entriesOnly;
  const answer = await dynamodb.send(
    new QueryCommand({
      TableName: 'hooklane-ledger',
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': eventKey('bench', id), ':from': from, ':to': to },
      ConsistentRead: true,
    }),
  );
  return (answer.Items ?? []).map(parseEntry);
}

async function all(sent: readonly number[], dynamodb: DynamoDBDocumentClient): Promise<Entry[][][]> {
  const found = sent.map((count) => Array.from({ length: count }, (): Entry[] => []));
  const ids = sent.flatMap((count, lane) => Array.from({ length: count }, (_, n) => [lane, n] as const));
  await underLoad(ids.length, 20, async (index) => {
    const [lane = 0, n = 0] = ids[index] ?? [];
    found[lane]?.splice(n, 1, [...(await entriesOf(idOf(lane, n), dynamodb))]);
  });
  return found;
}

const states = (found: Entry[][][]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const entries of found.flat()) {
    const state = entries.at(-1)?.state ?? 'pending';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
};

const startOf = (entries: readonly Entry[]) =>
  entries.find(({ state }) => state === 'processing')?.at.getTime() ?? NaN;

const cloud = await runCloud(
  {
    configFile: join(import.meta.dirname, 'bench.config.ts'),
    handlersFile: join(import.meta.dirname, 'bench.handlers.ts'),
  },
  async (url) =>
    (await post(url, '/webhooks/bench', { id: 'first', type: 'bench', entity: 'first' })) === 202,
);
try {
  const { url, dynamodb: endpoint } = cloud.endpoints();
  const dynamodb = databaseAt(endpoint);
  const because = { reason: 'a bench' };
  console.log(`paused: ${(await post(url, '/ops/sources/bench/pause', because)) ?? 'no answer'}`);
  await sleep(heardWithinSeconds * 1000);
  const sent = await sendAll(url);
  const total = sent.reduce((sum, count) => sum + count, 0);
  console.log(
    `sent and acknowledged: ${total} events in ${lanes} lanes, ${(total / seconds).toFixed(0)} a second`,
  );
  await sleep(5000);
  console.log(`while it is paused: ${JSON.stringify(states(await all(sent, dynamodb)))}`);
  console.log(`resumed: ${(await post(url, '/ops/sources/bench/resume', because)) ?? 'no answer'}`);
  const resumedAt = Date.now();
  let found = await all(sent, dynamodb);
  while (Date.now() - resumedAt < longestMs) {
    if (found.flat().every((entries) => isAtRest(entries.at(-1)?.state ?? 'pending'))) break;
    await sleep(1000);
    found = await all(sent, dynamodb);
  }
  const starts = found.map((lane) => lane.map(startOf));
  const first = Math.min(...starts.flat());
  const last = Math.max(...starts.flat());
  const outOfOrder = starts.flatMap((lane) => lane.filter((at, n) => n > 0 && !(at >= (lane[n - 1] ?? NaN))));
  const attempts = found.flat().map((entries) => entries.at(-1)?.attempt ?? 0);
  console.log(`after it was resumed: ${JSON.stringify(states(found))}`);
  console.log(
    `first begun after ${((first - resumedAt) / 1000).toFixed(1)} s, last after ${((last - resumedAt) / 1000).toFixed(1)} s`,
  );
  console.log(
    `out of order: ${outOfOrder.length}; attempts used beyond the one that processed it: ${attempts.filter((used) => used !== 1).length}`,
  );
} finally {
  await cloud.stop();
}
