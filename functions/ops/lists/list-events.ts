import * as z from 'zod';
import { isEventKey, parseEventKey, type EventKey } from '../../ledger/keys.ts';
import { UnreadableItem } from '../../ledger/unreadable.ts';
import type { OperationsDeps } from '../deps.ts';
import { eventSummary, unreadableSummary, type EventSummary } from '../event-summary.ts';
import { attentionStream } from './attention-stream.ts';
import { budgetOf, usualBudget, type Budget } from './budget.ts';
import { cursorOf } from './cursor.ts';
import { eventsByTime, type Found } from './events-by-time.ts';
import { placeOf, placeSchema, type Place } from './found-event.ts';
import { leaveOut } from './glance.ts';
import { indexStream } from './index-stream.ts';
import { atATime, sideBySide } from './side-by-side.ts';

export interface EventFilter {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: EventSummary['state'] | undefined;
  /** `source#entity` */
  readonly lane?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Text of an id. */
  readonly q?: string | undefined;
}

/** An event that may be on the page, or that there is none from this time on; and where a page that ends here is gone on with. */
interface Candidate {
  readonly key?: EventKey;
  readonly place: Place;
}

export interface EventPage {
  readonly items: readonly EventSummary[];
  readonly place: Place | undefined;
}

export const eventCursor = (filter: EventFilter) =>
  cursorOf(z.union([placeSchema, z.tuple([z.literal(''), z.string()])]), 'events', { ...filter });

/** Where events are looked for by time, unless the filter says more: as far back as any body is kept. */
const farthestBackMs = 400 * 24 * 3600 * 1000;

/**
 * A page of events. What rests as failed or quarantined comes from the attention list, in the order of ids; a lane from its index; anything
 * else from the index by time, the newest first. Of these indexes none knows type, state or text: what they find is read and compared.
 */
export async function listEvents(
  filter: EventFilter,
  most: number,
  after: Place | undefined,
  deps: OperationsDeps,
): Promise<EventPage> {
  const budget = budgetOf(usualBudget, deps.now);
  const items: EventSummary[] = [];
  let place = after;
  let batch: Candidate[] = [];
  let keys = new Set<EventKey>();

  /** Takes what was gathered up to the last item of a full page; true: the page is full. */
  const take = async (): Promise<boolean> => {
    const toRead = await leaveOut([...keys], filter, deps, budget);
    const found = new Map(
      await sideBySide(toRead, atATime, async (key) => {
        budget.spend(1);
        return [key, await summaryOf(key, deps)] as const;
      }),
    );
    for (const candidate of batch) {
      const summary = candidate.key && found.get(candidate.key);
      if (summary !== undefined && fits(summary, filter)) items.push(summary);
      place = candidate.place;
      if (items.length === most) return true;
    }
    batch = [];
    keys = new Set();
    return false;
  };

  for await (const candidate of candidates(filter, after, deps, budget)) {
    const { key } = candidate;
    if (key !== undefined && hasText(key, filter.q)) {
      batch.push(candidate);
      keys.add(key);
    } else {
      // Of several that are not meant, the last says how far the page has come.
      if (batch.at(-1)?.key === undefined) batch.pop();
      batch.push({ place: candidate.place });
    }
    const isFull = keys.size >= Math.min(most, atATime) || budget.isSpent();
    if (isFull && (await take())) return { items, place };
    if (budget.isSpent()) return { items, place };
  }
  return (await take()) ? { items, place } : { items, place: undefined };
}

async function* candidates(
  filter: EventFilter,
  after: Place | undefined,
  deps: OperationsDeps,
  budget: Budget,
): AsyncGenerator<Candidate> {
  const from = filter.from ?? new Date(deps.now().getTime() - farthestBackMs);
  const newest: Place = after ?? [new Date((filter.to ?? later(deps.now())).getTime()).toISOString(), ''];
  if (filter.lane !== undefined) {
    const lane = filter.lane;
    for await (const event of indexStream(
      { name: 'by-lane', lane },
      newest,
      from.toISOString(),
      deps,
      budget,
    ))
      yield { key: event.key, place: placeOf(event) };
    // An event that is its own lane is in no index.
    if (isEventKey(lane) && after?.[1] !== lane) yield { key: lane, place: [from.toISOString(), lane] };
    return;
  }
  if (filter.state === 'failed' || filter.state === 'quarantined') {
    for await (const { key } of attentionStream(filter.source, after?.[1] ?? '', deps, budget))
      yield isEventKey(key) ? { key, place: ['', key] } : { place: ['', key] };
    return;
  }
  const sources = filter.source === undefined ? Object.keys(deps.sources) : [filter.source];
  for await (const found of eventsByTime(sources, newest, from, deps, budget)) yield candidateOf(found);
}

const candidateOf = (found: Found): Candidate =>
  'key' in found ? { key: found.key, place: placeOf(found) } : { place: [found.searchedTo, ''] };

/** An event may have been accepted in the millisecond in which it is asked for. */
const later = (now: Date): Date => new Date(now.getTime() + 1000);

async function summaryOf(key: EventKey, { ledger }: OperationsDeps): Promise<EventSummary | undefined> {
  try {
    return eventSummary(key, await ledger.read(key));
  } catch (error) {
    if (error instanceof UnreadableItem) return unreadableSummary(key);
    throw error;
  }
}

const hasText = (key: EventKey, q: string | undefined): boolean =>
  q === undefined || (parseEventKey(key)?.eventId.includes(q) ?? false);

function fits(event: EventSummary, { source, type, state, lane, from, to }: EventFilter): boolean {
  const { acceptedAt } = event;
  return (
    (source === undefined || event.source === source) &&
    (type === undefined || event.type === type) &&
    (state === undefined || event.state === state) &&
    (lane === undefined || event.lane === lane) &&
    (from === undefined || (acceptedAt !== undefined && acceptedAt >= from)) &&
    (to === undefined || (acceptedAt !== undefined && acceptedAt < to))
  );
}
