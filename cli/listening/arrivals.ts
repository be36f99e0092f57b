import type { EventFilter } from '../operations/event-filter.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import type { OpsClient } from '../operations/ops-client.ts';

export type Arrived = AnswerOf<'listEvents'>['items'][number];

/** How far back each look goes: clocks differ, and the index of what came in is behind by a moment. */
const overlapMs = 2 * 60_000;

const ofPage = 200;

/**
 * What came in since the look before this one, oldest first, each event once. The first look tells where to begin: what is there already is not among
 * them. Nothing is left out, however many came.
 */
export function arrivals(
  client: Pick<OpsClient, 'ask'>,
  filter: EventFilter,
  now: () => Date,
): () => Promise<readonly Arrived[]> {
  /** When each event that a look may meet again was accepted. */
  let seen: Map<string, number> | undefined;
  return async () => {
    const from = new Date(newestOf(seen, now()) - overlapMs);
    const found = await allSince(from, client, filter);
    const before = seen;
    seen = new Map(found.map((event) => [keyOf(event), event.acceptedAt?.getTime() ?? 0]));
    if (before === undefined) return [];
    return found.filter((event) => !before.has(keyOf(event))).toReversed();
  };
}

const keyOf = ({ source, eventId }: Arrived): string => `${source}#${eventId}`;

const newestOf = (seen: ReadonlyMap<string, number> = new Map(), now: Date): number =>
  seen.size === 0 ? now.getTime() : [...seen.values()].reduce((a, b) => Math.max(a, b));

/** The newest first, to the last page. */
async function allSince(
  from: Date,
  client: Pick<OpsClient, 'ask'>,
  filter: EventFilter,
): Promise<readonly Arrived[]> {
  const found: Arrived[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...filter, from: from.toISOString(), limit: ofPage, cursor };
    const { value } = await client.ask('listEvents', { query });
    found.push(...value.items);
    cursor = value.cursor;
  } while (cursor !== undefined);
  return found;
}
