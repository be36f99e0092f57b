import type { Candidate, Lane } from '../lane/lane.ts';
import type { LaneMessage } from '../lane/lane-message.ts';
import { laneRules, needsLane, type LaneRules } from '../lane/rules.ts';
import type { Entry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import type { Source } from '../sources/source.ts';
import type { ReceivedMessage } from './deps.ts';

/** Everything that is known about the event of one message, once it has been read. */
export interface Work {
  readonly key: EventKey;
  readonly sourceName: string;
  readonly source: Source;
  readonly rules: LaneRules;
  readonly record: EventRecord;
  readonly newest: Entry | undefined;
  readonly candidate: Candidate;
  readonly laneName: string;
  /** Whether the LANE item has a say. Without order rules and hold it has none, and is not read. */
  readonly isLaned: boolean;
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
  const { event, entries } = record;
  const key = message.event;
  const newest = entries.at(-1);
  // The EVENT item may have expired; entry 1 keeps the lane.
  const laneName = event?.lane ?? entries[0]?.lane ?? key;
  const rules = laneRules(source);
  return {
    key,
    sourceName,
    source,
    rules,
    record,
    newest,
    candidate: candidateOf(key, record),
    laneName,
    // What waits in a lane is let out by the lane, even where the source has given up its rules since.
    isLaned: laneName !== key && (needsLane(rules) || newest?.state === 'waiting'),
    lane: undefined,
    message,
    received,
  };
}

function candidateOf(key: EventKey, { event, entries }: EventRecord): Candidate {
  return {
    key,
    type: event?.type ?? '',
    sequence: event?.order?.sequence,
    version: event?.order?.version,
    started: entries.some(({ state }) => state === 'processing'),
    replayed: (entries.at(-1)?.replay ?? 0) > 0,
  };
}
