import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { busyHourItem, startOfHour, type Swept } from '../ledger/busy-hours.ts';
import { minuteMs } from './cursor.ts';
import type { SweeperDeps } from './deps.ts';

type Busy = Pick<Swept, 'since' | 'busy'>;

/** With the minute that a cursor is in, where that has events. */
export function withMinute({ next, since = next, busy = [] }: Swept, hasEvents: boolean): Busy {
  const minute = next.getUTCMinutes();
  return { since, busy: !hasEvents || busy.includes(minute) ? busy : [...busy, minute] };
}

/** Goes on to the next minute. An hour that has events is written down before it is left, so that lists by time find them. */
export async function passMinute(
  source: string,
  shard: number,
  minute: Date,
  { since, busy = [] }: Busy,
  { dynamodb, stateTable }: Pick<SweeperDeps, 'dynamodb' | 'stateTable'>,
): Promise<Swept> {
  const next = new Date(minute.getTime() + minuteMs);
  const hour = startOfHour(minute);
  if (startOfHour(next).getTime() === hour.getTime()) return { next, since, busy };
  if (busy.length > 0) {
    const Item = busyHourItem(source, shard, hour, busy);
    await dynamodb.send(new PutCommand({ TableName: stateTable, Item }));
  }
  return { next, since };
}
