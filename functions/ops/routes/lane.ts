import type { WaitItem } from '../../lane/lane.ts';
import { found, problem } from '../answer.ts';
import { laneSchema, laneView } from '../lane-view.ts';
import { route } from '../route.ts';

/** Of those that wait, only so many are shown. */
const mostWaiting = 50;

export const readLane = route(
  {
    method: 'GET',
    path: '/ops/lanes/{source}/{entity}',
    name: 'readLane',
    tag: 'lanes',
    takesSubscriber: true,
    summary: 'One lane: who has its turn, until when, and the first fifty who wait',
    answer: laneSchema,
    problems: ['unknown-source'],
  },
  async ({ named: { source, entity } }, { lanes, ledger, sources }) => {
    const name = `${source}#${entity}`;
    const lane = await lanes.read(name);
    if (lane === undefined) {
      return Object.hasOwn(sources, source)
        ? { kind: 'found', body: { lane: name, state: 'open' }, isGuess: true }
        : problem('unknown-source');
    }
    const turnState = lane.turn && ((await ledger.newest(lane.turn))?.state ?? 'pending');
    const first = lane.waiting === 0 ? [] : await take(mostWaiting, lanes.waiting(name));
    const after = Object.hasOwn(sources, source) ? sources[source]?.order?.after : undefined;
    return found(laneView(lane, turnState, first, after));
  },
);

async function take(most: number, all: AsyncIterable<WaitItem>): Promise<readonly WaitItem[]> {
  const taken: WaitItem[] = [];
  for await (const one of all) if (taken.push(one) === most) break;
  return taken;
}
