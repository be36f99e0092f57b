import { isOpen } from '../../functions/lane/lane.ts';
import type { MoveName, Scene, Step } from './lane-walk.ts';

/** `open`: no LANE item. `watched`: one that says only when to look at it. `remembering`: one without a turn and without waiting events. */
const shapes = ['open', 'watched', 'turn', 'stopped', 'held', 'gap', 'remembering'] as const;
type Shape = (typeof shapes)[number];

function shapeOf({ lane, events }: Scene): Shape {
  if (lane === undefined) return 'open';
  if (isOpen(lane)) return 'watched';
  if (lane.atGate !== undefined) return 'stopped';
  if (lane.turn === undefined) return lane.waiting > 0 ? 'gap' : 'remembering';
  return events.find(({ key }) => key === lane.turn)?.life === 'failed' ? 'held' : 'turn';
}

const moves: readonly MoveName[] = [
  'takeTurn',
  'park',
  'stopAtGate',
  'leaveGate',
  'keepTurn',
  'holdTurn',
  'putBack',
  'passTurn',
  'releaseTurn',
  'endGap',
];

/** Which move leads from which shape of a lane to which, as a Mermaid state diagram. Moves that write nothing are left out. */
export function drawLane(steps: readonly Step[]): string {
  const changes = steps.filter(({ writes }) => writes);
  const seen = new Set(changes.map(({ by, from, to }) => `${shapeOf(from)} ${shapeOf(to)} ${by}`));
  const lines = shapes.flatMap((from) =>
    shapes.flatMap((to) => {
      const by = moves.filter((move) => seen.has(`${from} ${to} ${move}`));
      return by.length === 0 ? [] : [`${from} --> ${to}: ${by.join(', ')}`];
    }),
  );
  return ['stateDiagram-v2', ...['[*] --> open', ...lines].map((line) => `  ${line}`), ''].join('\n');
}
