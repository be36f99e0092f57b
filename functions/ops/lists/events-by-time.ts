import { hourMs, startOfHour } from '../../ledger/busy-hours.ts';
import { minuteKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { BusyMinutes, type BusyShard } from './busy-minutes.ts';
import { newestFirst, type FoundEvent, type Place } from './found-event.ts';
import { indexStream } from './index-stream.ts';
import { inTurn, merge } from './merge.ts';

/** An event; or that there is nothing more from this time on. */
export type Found = FoundEvent | { readonly searchedTo: string };

/** Partitions that are read side by side: half of what may be under way, since those behind a full page are read for nothing. */
const mostAhead = 24;

type Deps = Pick<OperationsDeps, 'dynamodb' | 'ledgerTable' | 'stateTable' | 'now'>;

/**
 * Events of some sources, the newest first, from behind `place` and not before `from`. The newest minute is read alone, since it may fill a page;
 * then ever more minutes side by side.
 */
export async function* eventsByTime(
  sources: readonly string[],
  place: Place,
  from: Date,
  deps: Deps,
  budget: Budget,
): AsyncGenerator<Found> {
  const read = ({ shards, searchedTo }: Stretch) =>
    stretchStream(shards, searchedTo, place, from, deps, budget);
  let wanted = 1;
  let partitions = 0;
  let group: Stretch[] = [];
  for await (const stretch of stretches(sources, place, from, deps, budget)) {
    group.push(stretch);
    partitions += stretch.shards.length;
    if (partitions < wanted) continue;
    yield* inTurn(group.map(read));
    wanted = Math.min(2 * partitions, mostAhead);
    partitions = 0;
    group = [];
  }
  yield* inTurn(group.map(read));
}

/** Partitions of one minute, or of none where an hour has no more; and down to when all is known with them. */
interface Stretch {
  readonly shards: readonly BusyShard[];
  readonly searchedTo: string;
}

async function* stretches(
  sources: readonly string[],
  place: Place,
  from: Date,
  deps: Deps,
  budget: Budget,
): AsyncGenerator<Stretch> {
  const busy = await Promise.all(sources.map((source) => BusyMinutes.of(source, deps, budget)));
  const oldest = Math.max(from.getTime(), Math.min(...busy.map(({ since }) => since)));
  const newest = Math.min(Date.parse(place[0]), deps.now().getTime() + 1000);
  const downTo = new Date(oldest);
  for (let hour = startOfHour(new Date(newest)); hour.getTime() + hourMs > oldest; hour = before(hour)) {
    const all = (await Promise.all(busy.map((one) => one.ofHour(hour, downTo)))).flat();
    const minutes = Map.groupBy(all, ({ minute }) => minute.getTime());
    for (const [minute, shards] of [...minutes].sort(([a], [b]) => b - a)) {
      if (minute <= newest) yield { shards, searchedTo: new Date(minute).toISOString() };
    }
    yield { shards: [], searchedTo: hour.toISOString() };
  }
}

async function* stretchStream(
  shards: readonly BusyShard[],
  searchedTo: string,
  place: Place,
  from: Date,
  deps: Deps,
  budget: Budget,
): AsyncGenerator<Found> {
  const streams = shards.map(({ source, minute, shard }) =>
    indexStream(
      { name: 'by-time', minute: minuteKey(source, minute, shard) },
      place,
      from.toISOString(),
      deps,
      budget,
    ),
  );
  yield* merge<FoundEvent>(streams, newestFirst);
  yield { searchedTo };
}

const before = (hour: Date): Date => new Date(hour.getTime() - hourMs);
