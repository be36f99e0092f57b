import { lanedEvent, type Laned } from '../lane/candidate.ts';
import type { Lane } from '../lane/lane.ts';
import type { LaneMessage } from '../lane/lane-message.ts';
import type { Entry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import type { Source } from '../sources/source.ts';
import type { ReceivedMessage } from './deps.ts';

/** Everything that is known about the event of one message, once it has been read. */
export interface Work extends Laned {
  readonly key: EventKey;
  readonly sourceName: string;
  readonly source: Source;
  readonly record: EventRecord;
  readonly newest: Entry | undefined;
  readonly lane: Lane | undefined;
  readonly message: LaneMessage;
  readonly received: ReceivedMessage;
}

export function workOn(
  sourceName: string,
  source: Source,
  record: EventRecord,
  message: LaneMessage,
  received: ReceivedMessage,
): Work {
  const key = message.event;
  const laned = lanedEvent(key, record, source);
  return {
    ...laned,
    key,
    sourceName,
    source,
    record,
    newest: record.entries.at(-1),
    lane: undefined,
    message,
    received,
  };
}
