import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  busyHourSchema,
  busyPartition,
  busySortKey,
  firstLookBackMs,
  hourMs,
  startOfHour,
  sweptKey,
  sweptSchema,
} from '../../ledger/busy-hours.ts';
import { shardsPerMinute } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';

type BusyDeps = Pick<OperationsDeps, 'dynamodb' | 'stateTable' | 'now'>;

/** A partition of the by-time index in which a source has events, or may have. */
export interface BusyShard {
  readonly source: string;
  readonly minute: Date;
  readonly shard: number;
}

const minuteMs = 60_000;
/** Hours of one shard that are read at once: few for a page of a busy source, which needs no more, then ever more. */
const hoursAtOnce = { first: 16, most: 1000 } as const;
const everyMinute: readonly number[] = Array.from({ length: 60 }, (_, n) => n);

/** How far the sweeper has come with a shard, from where on, and the minutes of its current hour that have events. */
interface SweptTo {
  readonly next: Date;
  readonly since: Date;
  readonly busy: readonly number[];
}

/** Which minutes of a source have events: known where the sweeper has been, possible where it has not yet. */
export class BusyMinutes {
  readonly #source: string;
  readonly #deps: BusyDeps;
  readonly #budget: Budget;
  readonly #swept: readonly SweptTo[];
  #hours: ReadonlyMap<string, readonly number[]> = new Map();
  /** Hours from this one on, down from where the reading began, are in `#hours`. */
  #readDownTo = Infinity;
  #atOnce: number = hoursAtOnce.first;

  private constructor(source: string, swept: readonly SweptTo[], deps: BusyDeps, budget: Budget) {
    this.#source = source;
    this.#swept = swept;
    this.#deps = deps;
    this.#budget = budget;
  }

  static async of(source: string, deps: BusyDeps, budget: Budget): Promise<BusyMinutes> {
    budget.spend(1);
    const { Items = [] } = await deps.dynamodb.send(
      new QueryCommand({
        TableName: deps.stateTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': sweptKey(source, 0).pk },
        ConsistentRead: true,
      }),
    );
    const never = new Date(Math.floor((deps.now().getTime() - firstLookBackMs) / minuteMs) * minuteMs);
    const swept = Array.from({ length: shardsPerMinute }, (_, shard) => {
      const item = Items.find(({ sk }) => sk === String(shard));
      const { next, since = next, busy = [] } = sweptSchema.safeParse(item).data ?? { next: never };
      return { next, since, busy };
    });
    return new BusyMinutes(source, swept, deps, budget);
  }

  /** Nothing is known of what was accepted before this. */
  get since(): number {
    return Math.min(...this.#swept.map(({ since }) => since.getTime()));
  }

  /** Of one hour, the newest minute first. Hours are asked for downwards; none before `downTo` will be. */
  async ofHour(hour: Date, downTo: Date): Promise<readonly BusyShard[]> {
    const isWrittenDown = this.#swept.some(({ next }) => hour < startOfHour(next));
    if (isWrittenDown && hour.getTime() < this.#readDownTo) await this.#read(hour, downTo);
    const now = this.#deps.now().getTime();
    const all = this.#swept.flatMap(({ next, busy }, shard) => {
      const isCurrent = hour.getTime() === startOfHour(next).getTime();
      const known = isCurrent ? busy : (this.#hours.get(busySortKey(hour, shard)) ?? []);
      const isSwept = hour.getTime() + hourMs <= next.getTime();
      return (isSwept ? known : everyMinute).flatMap((n): BusyShard | readonly [] => {
        const minute = new Date(hour.getTime() + n * minuteMs);
        const maybe = minute < next ? known.includes(n) : minute.getTime() <= now + minuteMs;
        return maybe ? { source: this.#source, minute, shard } : [];
      });
    });
    return all.sort((a, b) => b.minute.getTime() - a.minute.getTime());
  }

  /** What was written down of this hour and those before it, as much as comes at once. */
  async #read(hour: Date, downTo: Date): Promise<void> {
    this.#readDownTo = startOfHour(downTo).getTime();
    this.#budget.spend(1);
    const { Items = [], LastEvaluatedKey } = await this.#deps.dynamodb.send(
      new QueryCommand({
        TableName: this.#deps.stateTable,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': busyPartition(this.#source),
          ':from': startOfHour(downTo).toISOString(),
          ':to': `${hour.toISOString()}~`,
        },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: this.#atOnce,
      }),
    );
    this.#atOnce = Math.min(4 * this.#atOnce, hoursAtOnce.most);
    const read = Items.flatMap((item) => busyHourSchema.safeParse(item).data ?? []);
    this.#hours = new Map(read.map((one) => [busySortKey(one.hour, one.shard), one.minutes]));
    const last = read.at(-1);
    // The last hour may have more shards on the next page.
    if (LastEvaluatedKey !== undefined && last !== undefined) this.#readDownTo = last.hour.getTime() + 1;
  }
}
