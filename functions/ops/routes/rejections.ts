import * as z from 'zod';
import { found, problem } from '../answer.ts';
import { budgetOf, usualBudget } from '../lists/budget.ts';
import { cursorOf } from '../lists/cursor.ts';
import { rejectionStream, type StoredRejection } from '../lists/rejection-stream.ts';
import { route } from '../route.ts';
import { cursorParameter, limit, pageOf, searchedTo, sourceFilter, time, timeFilter } from '../wire.ts';

const rejectionSchema = z
  .object({
    source: z.string().meta({ description: '`unknown`: the address named no source' }),
    at: time,
    requestId: z.string(),
    cause: z.string().meta({ examples: ['wrong-signature', 'handshake'] }),
    status: z.int().meta({ description: 'What the sender was answered' }),
    bodySha256: z.string().optional(),
    bodyBytes: z.number(),
    ip: z.string(),
    sender: z.string().optional(),
    count: z.int().optional().meta({ description: 'Of a flood: how many this one stands for' }),
  })
  .meta({ description: 'A request that became no event: refused, or a handshake' });

/** As JSON has it: what the console reads. */
export type RejectionOnWire = z.input<typeof rejectionSchema>;

/** A place in the list begins with its time, in ISO 8601. */
const timeLength = 24;
const dayMs = 24 * 3_600_000;
const usualDays = 7;

/** What names no source is kept under this name. */
const unknownSource = 'unknown';

export const rejections = route(
  {
    method: 'GET',
    path: '/ops/rejections',
    name: 'listRejections',
    tag: 'sources',
    summary: 'Requests that became no event, the newest first; kept 90 days',
    query: z.strictObject({
      source: sourceFilter,
      cause: z.string().min(1).max(100).optional(),
      ip: z.string().min(1).max(100).optional(),
      from: timeFilter.meta({ description: `Default: ${usualDays} days ago` }),
      to: timeFilter,
      limit: limit(200, 50),
      cursor: cursorParameter,
    }),
    answer: pageOf(rejectionSchema).extend({ searchedTo }),
    problems: ['unknown-source', 'invalid-cursor'],
  },
  async ({ query: { limit: most, cursor, source, cause, ip, from, to } }, deps) => {
    const all = [...Object.keys(deps.sources), unknownSource];
    if (source !== undefined && !all.includes(source)) return problem('unknown-source');
    const now = deps.now().getTime();
    const oldest = from === undefined ? new Date(now - usualDays * dayMs) : new Date(from);
    // Behind what is written in this very millisecond, whatever its request is called.
    const newest = (to === undefined ? new Date(now + 1000) : new Date(to)).toISOString();
    const cursors = cursorOf(z.string().min(timeLength), 'rejections', { source, cause, ip, from, to });
    const behind = cursor === undefined ? newest : cursors.read(cursor);
    if (behind === undefined || Number.isNaN(Date.parse(behind.slice(0, timeLength))))
      return problem('invalid-cursor');

    const budget = budgetOf(usualBudget, deps.now);
    const items: StoredRejection[] = [];
    let place: string | undefined;
    const sources = source === undefined ? all : [source];
    for await (const one of rejectionStream(sources, behind, oldest, deps, budget)) {
      if ('sk' in one) {
        place = one.sk;
        if ((cause ?? one.cause) === one.cause && (ip ?? one.ip) === one.ip) items.push(one);
      } else place = one.searchedTo;
      if (items.length === most || budget.isSpent())
        return found({
          ...page(items),
          cursor: cursors.write(place),
          searchedTo: place.slice(0, timeLength),
        });
    }
    return found(page(items));
  },
);

const page = (items: readonly StoredRejection[]) => ({
  items: items.map((item) => rejectionSchema.decode(z.encode(rejectionSchema, item))),
});
