import * as z from 'zod';
import { hourMs, startOfHour } from '../ledger/busy-hours.ts';
import { minuteKey, type EventKey } from '../ledger/keys.ts';
import type { OperationsDeps } from './deps.ts';
import { stateSchema } from './event-view.ts';
import { budgetOf, type Budget } from './lists/budget.ts';
import { BusyMinutes, type BusyShard } from './lists/busy-minutes.ts';
import type { Place } from './lists/found-event.ts';
import { indexStream } from './lists/index-stream.ts';
import { atATime, sideBySide } from './lists/side-by-side.ts';
import { countIn, ofSample, readSampled, refusals, spread, type Sampled } from './numbers.ts';
import { time } from './wire.ts';

const pointSchema = z.object({
  at: time.meta({ description: 'Where it begins' }),
  accepted: z.int(),
  sampled: z.int().meta({ description: 'How many of them were looked at for what follows' }),
  states: z.partialRecord(stateSchema, z.int()),
  startedAfterMs: spread,
  finishedAfterMs: spread,
  refused: z.record(z.string(), z.int()).meta({ description: 'By cause' }),
});

export const seriesSchema = z
  .object({
    from: time,
    to: time,
    minutesInPoint: z.int(),
    countedFrom: time.meta({ description: 'Later than `from`: what is older would have cost too much' }),
    points: z.array(pointSchema).meta({ description: 'The oldest first' }),
  })
  .meta({ description: 'Counts, states, latencies and refusals over time' });

export type Series = z.output<typeof seriesSchema>;

const minuteMs = 60_000;
const mostPoints = 60;
/** Over all sources: a partition of the index costs half a unit, an event that is looked at one or two. */
const mostPartitions = 6000;
const mostSampled = 600;
const patience = { requests: Infinity, ms: 6000 };

interface Point {
  readonly at: Date;
  accepted: number;
  readonly sample: Sampled[];
  readonly refused: Record<string, number>;
}

/** What came in each of at most sixty spans of the last so many minutes. */
export async function readSeries(
  sources: readonly string[],
  minutes: number,
  deps: OperationsDeps,
): Promise<Series> {
  const minutesInPoint = Math.ceil(minutes / mostPoints);
  const spanMs = minutesInPoint * minuteMs;
  const count = Math.ceil(minutes / minutesInPoint);
  const to = deps.now();
  const from = new Date(Math.floor(to.getTime() / minuteMs) * minuteMs + minuteMs - count * spanMs);
  const pointOf = (at: Date): number => Math.floor((at.getTime() - from.getTime()) / spanMs);
  const budget = budgetOf(patience, deps.now);

  const busy = (await sideBySide(sources, 5, (source) => busyShards(source, from, to, deps, budget))).flat();
  const shards = busy.sort((a, b) => b.minute.getTime() - a.minute.getTime()).slice(0, mostPartitions);
  const points = Array.from({ length: count }, (_, n): Point => ({
    at: new Date(from.getTime() + n * spanMs),
    accepted: 0,
    sample: [],
    refused: {},
  }));
  let countedFrom = from.getTime();
  const counts = await sideBySide(shards, atATime, async (shard) => {
    if (!budget.isSpent()) return await countIn(partitionOf(shard), deps);
    countedFrom = Math.max(countedFrom, shard.minute.getTime() + minuteMs);
    return 0;
  });
  if (busy.length > shards.length)
    countedFrom = Math.max(countedFrom, (shards.at(-1)?.minute.getTime() ?? 0) + minuteMs);
  const withEvents = shards.filter((shard, n) => {
    const point = points[pointOf(shard.minute)];
    if (point) point.accepted += counts[n] ?? 0;
    return point !== undefined && (counts[n] ?? 0) > 0;
  });

  const perPoint = Math.max(1, Math.floor(mostSampled / count));
  await Promise.all([
    sideBySide([...Map.groupBy(withEvents, ({ minute }) => pointOf(minute))], 5, async ([n, ofPoint]) => {
      points[n]?.sample.push(...(await sampleOf(ofPoint, perPoint, deps, budget)));
    }),
    sideBySide(sources, 5, async (source) => {
      for await (const { at, cause, times } of refusals(source, from, deps, budget)) {
        const refused = points[pointOf(at)]?.refused;
        if (refused) refused[cause] = (refused[cause] ?? 0) + times;
      }
    }),
  ]);
  return {
    from,
    to,
    minutesInPoint,
    countedFrom: new Date(Math.min(countedFrom, to.getTime())),
    points: points.map(({ sample, ...point }) => ({
      ...point,
      sampled: sample.length,
      ...statesAndSpreads(sample, to),
    })),
  };
}

function statesAndSpreads(sample: readonly Sampled[], now: Date) {
  const { states, startedAfterMs, finishedAfterMs } = ofSample(sample, now);
  return { states, startedAfterMs, finishedAfterMs };
}

const partitionOf = ({ source, minute, shard }: BusyShard): string => minuteKey(source, minute, shard);

async function busyShards(
  source: string,
  from: Date,
  to: Date,
  deps: OperationsDeps,
  budget: Budget,
): Promise<readonly BusyShard[]> {
  const busy = await BusyMinutes.of(source, deps, budget);
  const shards: BusyShard[] = [];
  for (let hour = startOfHour(to).getTime(); hour + hourMs > from.getTime(); hour -= hourMs) {
    shards.push(...(await busy.ofHour(new Date(hour), from)));
  }
  return shards.filter(({ minute }) => minute >= from && minute <= to);
}

/** Some events of each partition, as many of one as of another. */
async function sampleOf(
  shards: readonly BusyShard[],
  most: number,
  deps: OperationsDeps,
  budget: Budget,
): Promise<readonly Sampled[]> {
  if (budget.isSpent()) return [];
  const chosen = shards.slice(0, most);
  const ofEach = Math.max(1, Math.floor(most / Math.max(1, chosen.length)));
  const keys = await sideBySide(chosen, 5, (shard) => firstKeys(shard, ofEach, deps, budget));
  return await readSampled(keys.flat(), deps);
}

async function firstKeys(
  { minute, ...shard }: BusyShard,
  most: number,
  deps: OperationsDeps,
  budget: Budget,
): Promise<readonly EventKey[]> {
  const index = { name: 'by-time', minute: partitionOf({ minute, ...shard }) } as const;
  const behind: Place = [new Date(minute.getTime() + minuteMs).toISOString(), ''];
  const keys: EventKey[] = [];
  for await (const { key } of indexStream(index, behind, minute.toISOString(), deps, budget)) {
    if (keys.push(key) === most) break;
  }
  return keys;
}
