import { hourMs, startOfHour } from '../../ledger/busy-hours.ts';
import { minuteKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { BusyMinutes } from './busy-minutes.ts';
import { newestFirst, type FoundEvent, type Place } from './found-event.ts';
import { indexStream } from './index-stream.ts';
import { merge } from './merge.ts';

/** An event; or that there is nothing more from this time on. */
export type Found = FoundEvent | { readonly searchedTo: string };

/** Events of some sources, the newest first, from behind `place` and not before `from`. */
export async function* eventsByTime(
  sources: readonly string[],
  place: Place,
  from: Date,
  deps: Pick<OperationsDeps, 'dynamodb' | 'ledgerTable' | 'stateTable' | 'now'>,
  budget: Budget,
): AsyncGenerator<Found> {
  const busy = await Promise.all(sources.map((source) => BusyMinutes.of(source, deps, budget)));
  const oldest = Math.max(from.getTime(), Math.min(...busy.map(({ since }) => since)));
  const newest = Math.min(Date.parse(place[0]), deps.now().getTime() + 1000);
  const downTo = new Date(oldest);
  for (let hour = startOfHour(new Date(newest)); hour.getTime() + hourMs > oldest; hour = before(hour)) {
    const shards = (await Promise.all(busy.map((one) => one.ofHour(hour, downTo)))).flat();
    const minutes = Map.groupBy(shards, ({ minute }) => minute.getTime());
    for (const [minute, ofMinute] of [...minutes].sort(([a], [b]) => b - a)) {
      if (minute > newest) continue;
      const streams = ofMinute.map(({ source, shard }) => {
        const partition = { name: 'by-time', minute: minuteKey(source, new Date(minute), shard) } as const;
        return indexStream(partition, place, from.toISOString(), deps, budget);
      });
      yield* merge<FoundEvent>(streams, newestFirst);
      yield { searchedTo: new Date(minute).toISOString() };
    }
    yield { searchedTo: hour.toISOString() };
  }
}

const before = (hour: Date): Date => new Date(hour.getTime() - hourMs);
