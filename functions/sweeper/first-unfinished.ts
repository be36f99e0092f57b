import { isAtRest, type Entry } from '../ledger/entry.ts';
import { eventSortKey, isEventKey, type EventKey } from '../ledger/keys.ts';
import { laneOf } from '../ledger/ledger.ts';
import { sourceOf } from '../ledger/named.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import type { Indexed } from './cursor.ts';
import { eventsOfLane } from './event-index.ts';
import type { SweeperDeps } from './deps.ts';

/** Events of one lane in one check, or a few more; the next check goes on behind them. */
const mostAtOnce = 1000;

export type Found =
  | {
      readonly kind: 'unfinished';
      readonly event: Indexed;
      /** When the event before it came to rest, if that was read too. */
      readonly freeSince: Date | undefined;
    }
  | { readonly kind: 'all-at-rest' }
  /** There are more events than one check takes. */
  | { readonly kind: 'go-on'; readonly from: Date };

/** The first event of a lane, accepted at `from` or later, that has neither come to rest nor parked, nor has the turn. */
export async function firstUnfinished(
  lane: string,
  from: Date,
  deps: SweeperDeps,
  turn?: EventKey,
): Promise<Found> {
  let before: Checked | undefined;
  let seen = 0;
  for await (const page of eventsInOrder(lane, from, deps)) {
    for (const checked of page) {
      const { event, isSettled } = checked;
      if (!isSettled && event.pk !== turn) {
        const freeSince = before?.newest && (await settledAt(before.event, before.newest, deps));
        return { kind: 'unfinished', event, freeSince };
      }
      before = checked;
    }
    seen += page.length;
    const reached = new Date(page.at(-1)?.event.acceptedAt ?? from);
    // Not within a millisecond: the next check begins with all of it.
    if (seen >= mostAtOnce && reached > from) return { kind: 'go-on', from: reached };
  }
  return { kind: 'all-at-rest' };
}

/** Where a source continues after a failure, its lane was free from the failure on; a later repair of that event changes nothing for those behind it. */
async function settledAt({ pk }: Indexed, newest: Entry, { ledger, sources }: SweeperDeps): Promise<Date> {
  const isRepaired = newest.state === 'resolved' || newest.state === 'discarded';
  if (!isRepaired || sourceOf(pk, sources)?.onExhausted !== 'continue') return newest.at;
  const { entries } = await ledger.read(pk);
  const lastAwake = entries.findLastIndex(({ state }) => !isAtRest(state));
  return entries[lastAwake + 1]?.at ?? newest.at;
}

/**
 * The events behind `first` that have not begun either, up to the first that has, and has not the turn. All of a millisecond or none of it:
 * what is sent is remembered by its time.
 */
export async function notBegunBehind(
  lane: string,
  first: Indexed,
  deps: SweeperDeps,
  turn?: EventKey,
): Promise<readonly Indexed[]> {
  const behind: Indexed[] = [];
  let isBehind = false;
  for await (const page of eventsInOrder(lane, new Date(first.acceptedAt), deps)) {
    for (const { event, newest, isSettled } of page) {
      const isLeft = isSettled || event.pk === turn;
      if (isBehind && !isLeft && newest === undefined) behind.push(event);
      else if (isBehind && !isLeft) return acceptedBefore(event, behind);
      isBehind ||= event.pk === first.pk;
    }
    if (behind.length >= mostAtOnce) {
      const whole = acceptedBefore(behind.at(-1), behind);
      return whole.length > 0 ? whole : behind;
    }
  }
  return behind;
}

const acceptedBefore = (stop: Indexed | undefined, events: readonly Indexed[]): readonly Indexed[] =>
  events.filter(({ acceptedAt }) => acceptedAt !== stop?.acceptedAt);

interface Checked {
  readonly event: Indexed;
  readonly newest: Entry | undefined;
  /** It is at rest or parked; or it cannot be read, and is on the attention list. */
  readonly isSettled: boolean;
}

/** At rest or parked: it needs no message. A parked event that is handed the turn is checked with its lane. */
export const isSettled = (newest: Entry | undefined): boolean =>
  newest !== undefined && (isAtRest(newest.state) || newest.state === 'waiting');

async function check(event: Indexed, deps: SweeperDeps): Promise<Checked> {
  try {
    const newest = await deps.ledger.newest(event.pk);
    return { event, newest, isSettled: isSettled(newest) };
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    await deps.lanes.askForHelp(event.pk);
    return { event, newest: undefined, isSettled: true };
  }
}

async function* eventsInOrder(
  lane: string,
  from: Date,
  deps: SweeperDeps,
): AsyncIterable<readonly Checked[]> {
  let isFirst = true;
  for await (const page of eventsOfLane(lane, from, deps)) {
    const events = isFirst && page.length === 0 ? await ofItsOwn(lane, from, deps) : page;
    yield await Promise.all(events.map((event) => check(event, deps)));
    isFirst = false;
  }
}

/** An event that is its own lane is in no index. A lane of others may have a name like that, and its events have expired. */
async function ofItsOwn(lane: string, from: Date, { ledger }: SweeperDeps): Promise<readonly Indexed[]> {
  const isItsOwn = isEventKey(lane) && laneOf(await ledger.read(lane)) === lane;
  return isItsOwn ? [{ pk: lane, sk: eventSortKey, acceptedAt: from.toISOString() }] : [];
}
