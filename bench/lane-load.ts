import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isAtRest, parseEntry, type Entry } from '../functions/ledger/entry.ts';
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
  /** Default `bench`. */
  readonly source?: string;
}

export interface SentEvent {
  readonly id: string;
  /** When it was sent for the first time. */
  readonly sentAt: number;
  readonly acknowledgedAt: number;
}

/** By lane, in the order in which they were sent. */
export type Sent = readonly (readonly SentEvent[])[];

/** 200: a try before, whose answer was lost, was accepted. */
const isAcknowledged = (status: number | undefined): boolean => status === 202 || status === 200;

/**
 * Each lane sends its next event when the one before is acknowledged, at its share of the rate. All are sent, however long that takes: what the
 * machine has no time for makes the load a lower one, which `acknowledgedPerSecond` tells.
 */
export async function sendInLanes(
  url: string,
  { rate, seconds, lanes, source = 'bench' }: LaneLoad,
): Promise<Sent> {
  const startedAt = performance.now();
  const apartMs = (lanes / rate) * 1000;
  return await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const events: SentEvent[] = [];
      // Not all lanes in the same moment: their shares are spread over the time between two events of one.
      const first = startedAt + (lane / lanes) * apartMs;
      for (let due = first; due < startedAt + seconds * 1000; due += apartMs) {
        await sleep(Math.max(0, due - performance.now()));
        const id = `lane-${lane}-${events.length}`;
        const event = { id, type: 'bench', entity: `entity-${lane}` };
        const sentAt = Date.now();
        while (!isAcknowledged(await post(url, `/webhooks/${source}`, event))) await sleep(50);
        events.push({ id, sentAt, acknowledgedAt: Date.now() });
      }
      return events;
    }),
  );
}

/** How many events of a stream fall into each second of the clock from the first to the last. */
export function perSecondOf(times: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const at of times) counts.set(Math.floor(at / 1000), (counts.get(Math.floor(at / 1000)) ?? 0) + 1);
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  return Array.from({ length: last - first + 1 }, (_, n) => counts.get(first + n) ?? 0);
}

/** What was really offered, in words. */
export function acknowledgedPerSecond(sent: Sent): string {
  const times = sent.flat().map(({ acknowledgedAt }) => acknowledgedAt);
  // The first and the last second are not whole.
  const whole = perSecondOf(times).slice(1, -1);
  const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
  return `${times.length} events in ${sent.length} lanes, acknowledged in ${seconds.toFixed(1)} s: ${(times.length / seconds).toFixed(0)} a second, ${Math.min(...whole)} to ${Math.max(...whole)} in each`;
}

/** The entries of an event, in their order. */
async function entriesOf(
  source: string,
  id: string,
  dynamodb: DynamoDBDocumentClient,
): Promise<readonly Entry[]> {
  const { from, to } = entriesOnly;
  const answer = await dynamodb.send(
    new QueryCommand({
      TableName: 'hooklane-ledger',
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': eventKey(source, id), ':from': from, ':to': to },
      ConsistentRead: true,
    }),
  );
  return (answer.Items ?? []).map(parseEntry);
}

/** The entries of all events, by lane and in the order in which they were sent. */
export async function entriesInLanes(
  sent: Sent,
  dynamodb: DynamoDBDocumentClient,
  source = 'bench',
): Promise<Entry[][][]> {
  const found = sent.map((events) => events.map((): Entry[] => []));
  const places = sent.flatMap((events, lane) => events.map(({ id }, n) => ({ id, lane, n })));
  await underLoad(places.length, 20, async (index) => {
    const { id = '', lane = 0, n = 0 } = places[index] ?? {};
    found[lane]?.splice(n, 1, [...(await entriesOf(source, id, dynamodb))]);
  });
  return found;
}

const isAtRestNow = (entries: readonly Entry[]): boolean => isAtRest(entries.at(-1)?.state ?? 'pending');

/**
 * Waits until all are at rest, or so long at most, and returns their entries. Meanwhile it looks at the last event of each lane alone, so that looking takes
 * nothing from what is measured.
 */
export async function entriesAtRest(
  sent: Sent,
  dynamodb: DynamoDBDocumentClient,
  { longestMs, source }: { readonly longestMs: number; readonly source?: string },
): Promise<Entry[][][]> {
  const until = Date.now() + longestMs;
  const lastOnes = sent.map((events) => events.slice(-1));
  for (;;) {
    const areLastOnes = (await entriesInLanes(lastOnes, dynamodb, source)).flat().every(isAtRestNow);
    if (areLastOnes || Date.now() > until) {
      const found = await entriesInLanes(sent, dynamodb, source);
      if (found.flat().every(isAtRestNow) || Date.now() > until) return found;
    }
    await sleep(1000);
  }
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
