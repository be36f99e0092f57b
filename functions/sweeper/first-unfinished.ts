import { isAtRest, type Entry } from '../ledger/entry.ts';
import { isEventKey } from '../ledger/keys.ts';
import type { Indexed } from './cursor.ts';
import { eventsOfLane } from './event-index.ts';
import type { SweeperDeps } from './deps.ts';

/** Events looked at in one lane in one go; the next look goes on behind them. */
const mostAtOnce = 100;

export type Found =
  | {
      readonly kind: 'unfinished';
      readonly event: Indexed;
      /** When the one before it came to rest, where that was looked at too. */
      readonly freeSince: Date | undefined;
      /** Those behind it that have not begun either, up to the first that has. */
      readonly followers: readonly Indexed[];
    }
  | { readonly kind: 'all-at-rest' }
  /** There are more than one look takes. */
  | { readonly kind: 'go-on'; readonly from: Date };

/** The first event of an open lane, accepted at `from` or later, that has neither come to rest nor parked. */
export async function firstUnfinished(lane: string, from: Date, deps: SweeperDeps): Promise<Found> {
  const page = await eventsOfLane(lane, from, mostAtOnce, deps);
  const ofItsOwn = isEventKey(lane) ? [{ pk: lane, acceptedAt: from.toISOString() }] : [];
  const events = page.events.length > 0 ? page.events : ofItsOwn;
  const newest = await Promise.all(events.map(({ pk }) => deps.ledger.newest(pk)));

  const isSettled = (entry: Entry | undefined) =>
    entry !== undefined && (isAtRest(entry.state) || entry.state === 'waiting');
  const place = newest.findIndex((entry) => !isSettled(entry));
  const event = events[place];
  if (event === undefined) {
    const last = events.at(-1);
    return page.more && last ? { kind: 'go-on', from: new Date(last.acceptedAt) } : { kind: 'all-at-rest' };
  }
  const behind = newest.slice(place + 1).findIndex((entry) => entry !== undefined && !isSettled(entry));
  const followers = events
    .slice(place + 1, behind === -1 ? undefined : place + 1 + behind)
    .filter(({ pk }) => newest[events.findIndex((one) => one.pk === pk)] === undefined);
  return { kind: 'unfinished', event, freeSince: newest[place - 1]?.at, followers };
}
