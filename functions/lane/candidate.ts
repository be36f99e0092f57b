import type { Entry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import { laneOf, type EventRecord } from '../ledger/ledger.ts';
import type { Settling, SettleDeps } from './settle.ts';
import type { Candidate } from './lane.ts';
import { laneRules, needsLane, type LaneRules } from './rules.ts';

/** An event in its lane, as far as its own record tells. */
export interface Laned {
  readonly rules: LaneRules;
  readonly candidate: Candidate;
  readonly laneName: string;
  readonly isLaned: boolean;
}

export function lanedEvent(
  key: EventKey,
  record: EventRecord,
  source: Parameters<typeof laneRules>[0],
): Laned {
  const { event, entries } = record;
  const newest = entries.at(-1);
  const laneName = laneOf(record) ?? key;
  const rules = laneRules(source);
  return {
    rules,
    laneName,
    // What has the turn, or waits for it, is let go by the lane, even where the source has given up its rules since.
    isLaned: laneName !== key && (needsLane(rules) || entries.some(isBoundToLane)),
    candidate: {
      key,
      type: event?.type ?? '',
      sequence: event?.order?.sequence,
      version: event?.order?.version,
      started: entries.some(hadItsPlace),
      replayed: (newest?.replay ?? 0) > 0,
    },
  };
}

/** Reads an event and its lane, ready to be settled by somebody who is no attempt of it. */
export async function readSettling(
  key: EventKey,
  sourceName: string,
  source: Parameters<typeof laneRules>[0],
  deps: Pick<SettleDeps, 'ledger' | 'lanes'>,
): Promise<Settling & { readonly record: EventRecord }> {
  const record = await deps.ledger.read(key);
  const laned = lanedEvent(key, record, source);
  const newest = record.entries.at(-1);
  const lane = laned.isLaned ? await deps.lanes.read(laned.laneName) : undefined;
  const isParked =
    newest?.state === 'waiting' && (await deps.lanes.isWaiting(laned.laneName, newest.position));
  const leaves = isParked ? newest.position : undefined;
  return { ...laned, key, sourceName, lane, leaves, entries: record.entries, record };
}

const isBoundToLane = ({ state, hasTurn }: Entry): boolean => state === 'waiting' || hasTurn === true;

/** An event that a gap made fail had its place, although it did not run: whoever redrives it wants it to run now. */
const hadItsPlace = (entry: Entry): boolean =>
  entry.state === 'processing' || (entry.state === 'failed' && entry.cause === 'gap');
