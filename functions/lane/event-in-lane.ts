import type { Entry } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { laneOf, type EventRecord, type Ledger } from '../ledger/ledger.ts';
import type { OrderFacts, Lane } from './lane.ts';
import { laneGroup } from './lane-group.ts';
import type { LaneStore } from './lane-store.ts';
import { laneRules, type LaneOptions, type LaneRules } from './lane-options.ts';

/** An event and its lane, as both were read. */
export interface EventInLane {
  readonly key: EventKey;
  readonly sourceName: string;
  readonly rules: LaneRules;
  readonly record: EventRecord;
  readonly newest: Entry | undefined;
  readonly laneName: string;
  readonly lane: Lane | undefined;
}

export interface ReadDeps {
  readonly ledger: Pick<Ledger, 'read'>;
  readonly lanes: Pick<LaneStore, 'read' | 'readGroup'>;
}

/** `groupId`: of the message that names the event. With it event and lane are read at once. */
export async function readEventInLane(
  key: EventKey,
  source: LaneOptions,
  deps: ReadDeps,
  groupId?: string,
): Promise<EventInLane> {
  const [record, ofGroup] = await Promise.all([
    deps.ledger.read(key),
    groupId === undefined ? undefined : deps.lanes.readGroup(groupId),
  ]);
  const laneName = laneOf(record) ?? key;
  const newest = record.entries.at(-1);
  // A message sent by hand may be in another lane's group. And an event that waits in the ledger may have parked after its lane was read.
  const isRight = groupId === laneGroup(laneName) && !waitsInLedger(newest);
  const lane = isRight ? ofGroup : await deps.lanes.read(laneName);
  return {
    key,
    sourceName: parseEventKey(key)?.source ?? '',
    rules: laneRules(source),
    record,
    newest,
    laneName,
    lane,
  };
}

const waitsInLedger = (newest: Entry | undefined): boolean =>
  newest?.state === 'waiting' || (newest?.state === 'retrying' && newest.parked === true);

/** What the rules of order need to know of an event; once its body has expired, its first entry says it. */
export function orderFactsOf({ key, record: { event, entries }, newest }: EventInLane): OrderFacts {
  const { type = '', order } = event ?? entries[0] ?? {};
  return {
    key,
    type,
    sequence: order?.sequence,
    version: order?.version,
    started: entries.some(hadItsPlace),
    replayed: (newest?.replay ?? 0) > 0,
  };
}

/** Position of its WAIT item: a waiting event has one until it is handed the turn. */
export function parkedAt({ key, newest, lane }: EventInLane): string | undefined {
  return newest?.state === 'waiting' && lane !== undefined && lane.turn !== key ? newest.position : undefined;
}

/** An event that failed because of a gap has had its place although it did not run: its redrive runs at once. */
const hadItsPlace = (entry: Entry): boolean =>
  entry.state === 'processing' || (entry.state === 'failed' && entry.cause === 'gap');
