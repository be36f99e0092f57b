import type { Event, EventSummary } from '../api/wire.ts';
import { useRows } from '../lists/use-rows.ts';

const mostShown = 3;
/** Later events come the newest first: the nearest of them are known where all of them are on one page. */
const mostLater = 50;

interface Neighbours {
  /** In the order in which they were accepted; the event itself is among them. */
  readonly events: readonly EventSummary[];
  /** There are later ones that are not among them. */
  readonly more: boolean;
}

/** What was accepted before and after an event in its lane. */
export function useNeighbours(event: Event | undefined, everyMs: number): Neighbours {
  const path = (by: Readonly<Record<string, string>>) =>
    event?.lane === undefined
      ? undefined
      : `ops/events?${new URLSearchParams({ lane: event.lane, ...by }).toString()}`;
  const at = event?.acceptedAt;
  const until = at === undefined ? {} : { to: new Date(Date.parse(at) + 1).toISOString() };
  const earlier = useRows<EventSummary>(path({ ...until, limit: String(mostShown + 1) }), {
    enough: mostShown + 1,
    everyMs,
  });
  const later = useRows<EventSummary>(
    at === undefined ? undefined : path({ from: at, limit: String(mostLater) }),
    { enough: mostLater, everyMs },
  );
  const before = (earlier.value?.items ?? []).toReversed();
  const known = new Set(before.map(({ eventId }) => eventId));
  const behind = (later.value?.items ?? []).toReversed().filter(({ eventId }) => !known.has(eventId));
  const isAll = later.stage === 'whole' && later.value?.cursor === undefined;
  return {
    events: [...before, ...(isAll ? behind.slice(0, mostShown) : [])],
    more: !isAll || behind.length > mostShown,
  };
}
