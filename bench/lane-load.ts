import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseEntry, type Entry } from '../functions/ledger/entry.ts';
import { entriesOnly, eventKey } from '../functions/ledger/keys.ts';
import { underLoad } from './load.ts';

/** The status that is answered; undefined where nothing answers. */
export async function post(url: string, path: string, body: unknown): Promise<number | undefined> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status;
}

export interface LaneLoad {
  /** Events a second, over all lanes. */
  readonly rate: number;
  readonly seconds: number;
  readonly lanes: number;
}

const idOf = (lane: number, n: number) => `lane-${lane}-${n}`;

/** Each lane sends its next event when the one before is acknowledged, at its share of the rate. How many each has sent. */
export async function sendInLanes(url: string, { rate, seconds, lanes }: LaneLoad): Promise<number[]> {
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

/** The entries of all events, by lane and in the order in which they were sent. */
export async function entriesInLanes(
  sent: readonly number[],
  dynamodb: DynamoDBDocumentClient,
): Promise<Entry[][][]> {
  const found = sent.map((count) => Array.from({ length: count }, (): Entry[] => []));
  const ids = sent.flatMap((count, lane) => Array.from({ length: count }, (_, n) => [lane, n] as const));
  await underLoad(ids.length, 20, async (index) => {
    const [lane = 0, n = 0] = ids[index] ?? [];
    found[lane]?.splice(n, 1, [...(await entriesOf(idOf(lane, n), dynamodb))]);
  });
  return found;
}

export function statesOf(found: Entry[][][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entries of found.flat()) {
    const state = entries.at(-1)?.state ?? 'pending';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** When its first attempt began; NaN: none has. */
export const startOf = (entries: readonly Entry[]): number =>
  entries.find(({ state }) => state === 'processing')?.at.getTime() ?? NaN;

/** How many began before the one that their lane had sent before them. */
export const outOfOrder = (starts: readonly (readonly number[])[]): number =>
  starts.flatMap((lane) => lane.filter((at, n) => n > 0 && !(at >= (lane[n - 1] ?? NaN)))).length;
