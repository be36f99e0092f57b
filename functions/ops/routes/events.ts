import * as z from 'zod';
import { found, problem } from '../answer.ts';
import { eventSummarySchema } from '../event-summary.ts';
import { stateSchema } from '../event-view.ts';
import { eventCursor, listEvents, type EventFilter } from '../lists/list-events.ts';
import { route } from '../route.ts';
import { cursorParameter, limit, pageOf, searchedTo, sourceFilter, timeFilter } from '../wire.ts';

const query = z.strictObject({
  source: sourceFilter,
  type: z.string().min(1).max(500).optional(),
  state: stateSchema.optional().meta({
    description:
      '`failed` and `quarantined` are listed by source and id, all others by time, the newest first',
  }),
  lane: z.string().min(1).max(2000).optional().meta({ description: '`source#entity`' }),
  from: timeFilter.meta({ description: 'Accepted then or later' }),
  to: timeFilter.meta({ description: 'Accepted before then' }),
  q: z.string().min(1).max(200).optional().meta({ description: 'Text of an id, as it is written' }),
  limit: limit(200, 50),
  cursor: cursorParameter,
});

export const events = route(
  {
    method: 'GET',
    path: '/ops/events',
    name: 'listEvents',
    tag: 'events',
    summary: 'Events, the newest first',
    description:
      'A page ends when it is full, or when it has cost enough: it may be short or empty and have a cursor. `searchedTo` says ' +
      'how far back it came. Events whose body has expired are found by id and lane alone.',
    query,
    answer: pageOf(eventSummarySchema).extend({ searchedTo }),
    problems: ['unknown-source', 'invalid-cursor'],
  },
  async ({ query: { limit: most, cursor, from, to, ...texts } }, deps) => {
    const filter: EventFilter = {
      ...texts,
      ...(from !== undefined && { from: new Date(from) }),
      ...(to !== undefined && { to: new Date(to) }),
    };
    if (filter.source !== undefined && !Object.hasOwn(deps.sources, filter.source))
      return problem('unknown-source');
    const cursors = eventCursor(filter);
    const after = cursor === undefined ? undefined : cursors.read(cursor);
    if (cursor !== undefined && after === undefined) return problem('invalid-cursor');
    const { items, place } = await listEvents(filter, most, after, deps);
    return found({
      items,
      ...(place && { cursor: cursors.write(place) }),
      ...(place?.[0] && { searchedTo: place[0] }),
    });
  },
);
