import * as z from 'zod';
import type { Lane } from '../../lane/lane.ts';
import { isAtRest } from '../../ledger/entry.ts';
import { UnreadableItem } from '../../ledger/unreadable.ts';
import { found, problem } from '../answer.ts';
import type { OperationsDeps } from '../deps.ts';
import { laneSchema, laneView, type LaneView } from '../lane-view.ts';
import { attentionStream } from '../lists/attention-stream.ts';
import { budgetOf, usualBudget, type Budget } from '../lists/budget.ts';
import { cursorOf } from '../lists/cursor.ts';
import { dueLanes } from '../lists/lane-stream.ts';
import { atATime, sideBySide } from '../lists/side-by-side.ts';
import { route } from '../route.ts';
import { cursorParameter, limit, pageOf, sourceFilter } from '../wire.ts';

const laneSummarySchema = laneSchema
  .omit({ firstWaiting: true, done: true })
  .meta({ description: 'A lane in a list' });
type LaneSummary = z.output<typeof laneSummarySchema>;

/** Held lanes come from the attention list, by the event that holds them; the others from the index of what is due. */
const placeSchema = z.tuple([z.enum(['held', 'due']), z.string()]);
type LanePlace = z.infer<typeof placeSchema>;

const query = z.strictObject({
  state: z.enum(['held', 'turn', 'gap']).optional().meta({
    description: 'Default: all three. Lanes that only remember something are found by their name',
  }),
  source: sourceFilter,
  limit: limit(200, 50),
  cursor: cursorParameter,
});

export const lanesList = route(
  {
    method: 'GET',
    path: '/ops/lanes',
    name: 'listLanes',
    tag: 'lanes',
    summary:
      'Lanes in which an event has the turn or something is missing: held ones first, then by what is due next',
    query,
    answer: pageOf(laneSummarySchema),
    problems: ['unknown-source', 'invalid-cursor'],
  },
  async ({ query: { state, source, limit: most, cursor } }, deps) => {
    if (source !== undefined && !Object.hasOwn(deps.sources, source)) return problem('unknown-source');
    const cursors = cursorOf(placeSchema, 'lanes', { state, source });
    const after = cursor === undefined ? undefined : cursors.read(cursor);
    if (cursor !== undefined && after === undefined) return problem('invalid-cursor');

    const budget = budgetOf(usualBudget, deps.now);
    const items: LaneSummary[] = [];
    let place: LanePlace | undefined;
    let batch: Candidate[] = [];
    const take = async (): Promise<boolean> => {
      budget.spend(2 * batch.length);
      const lanes = await sideBySide(batch, atATime, async ({ read, holds }) => {
        return await orUnreadable(async () => {
          const lane = await read();
          return lane && (await summaryOf(lane, holds, deps));
        });
      });
      for (const [n, candidate] of batch.entries()) {
        const lane = lanes[n];
        if (lane && (state ?? lane.state) === lane.state && isOf(lane, source)) items.push(lane);
        place = candidate.place;
        if (items.length === most) return true;
      }
      batch = [];
      return false;
    };
    const page = (isWhole: boolean) =>
      found({ items, ...(!isWhole && place && { cursor: cursors.write(place) }) });

    for await (const candidate of candidates(state, source, after, deps, budget)) {
      batch.push(candidate);
      if (batch.length < Math.min(most, atATime) && !budget.isSpent()) continue;
      if ((await take()) || budget.isSpent()) return page(false);
    }
    return page(!(await take()));
  },
);

interface Candidate {
  readonly place: LanePlace;
  readonly read: () => Promise<Lane | undefined>;
  /** Of a held lane: the event that has to have its turn. Undefined: the lane is listed unless it is held. */
  readonly holds?: string;
}

async function* candidates(
  state: LaneView['state'] | undefined,
  source: string | undefined,
  after: LanePlace | undefined,
  deps: OperationsDeps,
  budget: Budget,
): AsyncGenerator<Candidate> {
  const { lanes } = deps;
  if ((state === undefined || state === 'held') && after?.[0] !== 'due') {
    for await (const { key, lane } of attentionStream(source, after?.[1] ?? '', deps, budget)) {
      if (lane !== undefined) yield { place: ['held', key], read: () => lanes.read(lane), holds: key };
    }
  }
  if (state === 'held') return;
  const behind = after?.[0] === 'due' ? after[1] : '';
  for await (const { group, place } of dueLanes(behind, deps, budget))
    yield { place: ['due', place], read: () => lanes.readGroup(group) };
}

/** It is on the attention list. */
async function orUnreadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableItem) return undefined;
    throw error;
  }
}

async function summaryOf(
  lane: Lane,
  holds: string | undefined,
  { ledger }: OperationsDeps,
): Promise<LaneSummary | undefined> {
  if (lane.turn === undefined && lane.waiting === 0) return undefined;
  if (holds !== undefined && lane.turn !== holds) return undefined;
  const turnState = lane.turn && ((await ledger.newest(lane.turn))?.state ?? 'pending');
  const isHeld = turnState !== undefined && isAtRest(turnState);
  if (isHeld !== (holds !== undefined)) return undefined;
  return laneSummarySchema.decode(z.encode(laneSchema, laneView(lane, turnState, [])));
}

const isOf = ({ lane }: LaneSummary, source: string | undefined): boolean =>
  source === undefined || lane.startsWith(`${source}#`);
