import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { attentionPartition, attentionShards } from '../lane/attention.ts';
import { isAtRest, type Entry } from '../ledger/entry.ts';
import { minuteKey, shardsPerMinute, type EventKey } from '../ledger/keys.ts';
import { queryAnswers } from '../ledger/query-pages.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import type { OperationsDeps } from './deps.ts';
import { stateSchema } from './event-view.ts';
import { budgetOf, type Budget } from './lists/budget.ts';
import { newestFirst } from './lists/found-event.ts';
import { indexStream } from './lists/index-stream.ts';
import { merge } from './lists/merge.ts';
import { rejectionStream } from './lists/rejection-stream.ts';
import { atATime, sideBySide } from './lists/side-by-side.ts';
import { askQueue, queueNumbersSchema } from './queues.ts';
import { time } from './wire.ts';

export const spread = z
  .object({ p50: z.number(), p95: z.number(), max: z.number() })
  .optional()
  .meta({ description: 'Milliseconds, of the events that were sampled; absent where none came so far' });

const sourceNumbersSchema = z.object({
  source: z.string(),
  accepted: z.int().meta({ description: 'Events of the window' }),
  perMinute: z.number(),
  minutes: z.array(z.int()).meta({ description: 'Events of each minute of the window, the oldest first' }),
  sampled: z.int().meta({ description: 'How many of the newest were looked at for what follows' }),
  states: z.partialRecord(stateSchema, z.int()),
  startedAfterMs: spread,
  finishedAfterMs: spread,
  lagSeconds: z
    .number()
    .meta({ description: 'Age of the oldest sampled event that has not begun; 0: there is none' }),
  refused: z.record(z.string(), z.int()).meta({ description: 'Refusals of the window, by their cause' }),
  attention: z.int().meta({ description: 'What is on the attention list now' }),
});

export const numbersSchema = z
  .object({
    from: time,
    to: time,
    sources: z.array(sourceNumbersSchema),
    unfinished: z.array(z.string()).optional().meta({
      description:
        'Sources that were not counted before the answer had taken the time that it may: ask for each',
    }),
    laneQueue: queueNumbersSchema,
    deadLetters: queueNumbersSchema,
    attention: z.record(z.string(), z.int()).meta({ description: 'By reason; of more than 4,000 the first' }),
  })
  .meta({ description: 'Counts, rates, latencies and lag' });

export type Numbers = z.output<typeof numbersSchema>;
type SourceNumbers = Numbers['sources'][number];

const minuteMs = 60_000;
const mostSampled = 50;
const generous = { requests: 4000, ms: 3000 };
/** No source is begun with after that: a function answers within ten seconds. */
const mostMs = 5000;

/** Of the last so many whole minutes and the current one. */
export async function readNumbers(
  sources: readonly string[],
  minutes: number,
  deps: OperationsDeps,
): Promise<Numbers> {
  const to = deps.now();
  const from = new Date(Math.floor(to.getTime() / minuteMs) * minuteMs - (minutes - 1) * minuteMs);
  const { sqs, queueUrl, deadLetterUrl } = deps;
  const [attention, laneQueue, deadLetters, ofSources] = await Promise.all([
    countAttention(deps),
    askQueue(sqs, queueUrl),
    askQueue(sqs, deadLetterUrl),
    sideBySide(sources, 5, async (source) =>
      deps.now().getTime() - to.getTime() > mostMs ? undefined : await ofSource(source, from, minutes, deps),
    ),
  ]);
  const counted = ofSources.flatMap((one) => one ?? []);
  const unfinished = sources.filter((_, n) => ofSources[n] === undefined);
  return {
    from,
    to,
    sources: counted.map((one) => ({ ...one, attention: attention.bySource.get(one.source) ?? 0 })),
    ...(unfinished.length > 0 && { unfinished }),
    laneQueue: countsOf(laneQueue),
    deadLetters: countsOf(deadLetters),
    attention: Object.fromEntries(attention.byReason),
  };
}

const countsOf = ({ visible, inFlight, delayed }: Numbers['laneQueue']) => ({ visible, inFlight, delayed });

async function ofSource(
  source: string,
  from: Date,
  minutes: number,
  deps: OperationsDeps,
): Promise<Omit<SourceNumbers, 'attention'>> {
  const budget = budgetOf(generous, deps.now);
  const [partitions, refused] = await Promise.all([
    countPartitions(source, from, minutes, deps, budget),
    countRefused(source, from, deps, budget),
  ]);
  const perMinute = partitions.map((ofMinute) => ofMinute.reduce((sum, { count }) => sum + count, 0));
  const sample = await sampleOf(partitions, from, deps, budget);
  const accepted = perMinute.reduce((sum, count) => sum + count, 0);
  return {
    source,
    accepted,
    perMinute: Math.round((accepted / minutes) * 100) / 100,
    minutes: [...perMinute],
    sampled: sample.length,
    ...ofSample(sample, deps.now()),
    refused: Object.fromEntries(refused),
  };
}

interface Counted {
  readonly partition: string;
  readonly count: number;
}

/** Partitions of the index by time, by the minute, the oldest first. */
async function countPartitions(
  source: string,
  from: Date,
  minutes: number,
  deps: OperationsDeps,
  budget: Budget,
): Promise<readonly (readonly Counted[])[]> {
  const all = Array.from({ length: minutes * shardsPerMinute }, (_, n) =>
    minuteKey(
      source,
      new Date(from.getTime() + Math.floor(n / shardsPerMinute) * minuteMs),
      n % shardsPerMinute,
    ),
  );
  budget.spend(all.length);
  const counted = await sideBySide(all, atATime, async (partition) => ({
    partition,
    count: await countIn(partition, deps),
  }));
  return Array.from({ length: minutes }, (_, minute) =>
    counted.slice(minute * shardsPerMinute, (minute + 1) * shardsPerMinute),
  );
}

export async function countIn(partition: string, { dynamodb, ledgerTable }: OperationsDeps): Promise<number> {
  const query: QueryCommandInput = {
    TableName: ledgerTable,
    IndexName: 'by-time',
    KeyConditionExpression: '#minute = :minute',
    ExpressionAttributeNames: { '#minute': 'minute' },
    ExpressionAttributeValues: { ':minute': partition },
    Select: 'COUNT',
  };
  let count = 0;
  for await (const { Count = 0 } of queryAnswers(dynamodb, query)) count += Count;
  return count;
}

export interface Sampled {
  readonly acceptedAt: Date;
  readonly entries: readonly Entry[];
}

/** The newest events of what was counted: where nothing was, nothing is read. */
async function sampleOf(
  partitions: readonly (readonly Counted[])[],
  from: Date,
  deps: OperationsDeps,
  budget: Budget,
): Promise<readonly Sampled[]> {
  const newest = new Date(deps.now().getTime() + 1000).toISOString();
  const keys: EventKey[] = [];
  for (const ofMinute of partitions.toReversed()) {
    const streams = ofMinute
      .filter(({ count }) => count > 0)
      .map(({ partition }) =>
        indexStream({ name: 'by-time', minute: partition }, [newest, ''], from.toISOString(), deps, budget),
      );
    for await (const { key } of merge(streams, newestFirst)) {
      if (keys.push(key) === mostSampled) return await readSampled(keys, deps);
    }
    if (budget.isSpent()) break;
  }
  return await readSampled(keys, deps);
}

export async function readSampled(
  keys: readonly EventKey[],
  { ledger }: OperationsDeps,
): Promise<readonly Sampled[]> {
  const records = await sideBySide(keys, atATime, async (key) => {
    try {
      return await ledger.read(key);
    } catch (error) {
      if (error instanceof UnreadableItem) return undefined;
      throw error;
    }
  });
  return records.flatMap((record) =>
    record?.event ? [{ acceptedAt: record.event.acceptedAt, entries: record.entries }] : [],
  );
}

export function ofSample(sample: readonly Sampled[], now: Date) {
  const states: Partial<Record<z.output<typeof stateSchema>, number>> = {};
  const started: number[] = [];
  const finished: number[] = [];
  let oldest = now.getTime();
  for (const { acceptedAt, entries } of sample) {
    const newest = entries.at(-1);
    const state = newest?.state ?? 'pending';
    states[state] = (states[state] ?? 0) + 1;
    const begun = entries.find((entry) => entry.state === 'processing');
    if (begun) started.push(begun.at.getTime() - acceptedAt.getTime());
    else if (!isAtRest(state)) oldest = Math.min(oldest, acceptedAt.getTime());
    const end = entries.find((entry) => isAtRest(entry.state));
    if (end) finished.push(end.at.getTime() - acceptedAt.getTime());
  }
  return {
    states,
    startedAfterMs: spreadOf(started),
    finishedAfterMs: spreadOf(finished),
    lagSeconds: (now.getTime() - oldest) / 1000,
  };
}

function spreadOf(values: readonly number[]): z.output<typeof spread> {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

async function countRefused(
  source: string,
  from: Date,
  deps: OperationsDeps,
  budget: Budget,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const { cause, times } of refusals(source, from, deps, budget))
    counts.set(cause, (counts.get(cause) ?? 0) + times);
  return counts;
}

export async function* refusals(source: string, from: Date, deps: OperationsDeps, budget: Budget) {
  const newest = new Date(deps.now().getTime() + 1000).toISOString();
  for await (const one of rejectionStream([source], newest, from, deps, budget)) {
    if (budget.isSpent()) return;
    if ('sk' in one && one.cause !== 'handshake')
      yield { at: one.at, cause: one.cause, times: one.count ?? 1 };
  }
}

const mostCounted = 1000;
const counted = z.object({ source: z.string(), reason: z.string() });

async function countAttention({ dynamodb, stateTable }: OperationsDeps) {
  const bySource = new Map<string, number>();
  const byReason = new Map<string, number>();
  const add = (to: Map<string, number>, name: string) => to.set(name, (to.get(name) ?? 0) + 1);
  await Promise.all(
    Array.from({ length: attentionShards }, async (_, shard) => {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: stateTable,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': attentionPartition(shard) },
          ProjectionExpression: '#source, reason',
          ExpressionAttributeNames: { '#source': 'source' },
          Limit: mostCounted,
        }),
      );
      for (const item of Items) {
        const { source = 'unknown', reason = 'unreadable-item' } = counted.safeParse(item).data ?? {};
        add(bySource, source);
        add(byReason, reason);
      }
    }),
  );
  return { bySource, byReason };
}
