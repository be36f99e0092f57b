import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OrderFacts } from '../../functions/lane/lane.ts';
import { laneRules } from '../../functions/lane/lane-options.ts';
import { transitions } from '../../functions/ledger/transitions.ts';
import { checkedBlock } from './checked-block.ts';
import { drawLane } from './draw-lane.ts';
import { drawStates } from './draw-states.ts';
import { walkLane, type Step } from './lane-walk.ts';

const guarantees = join(import.meta.dirname, '../../docs/guarantees.md');

const event = (sequence: number, type: string): OrderFacts => ({
  key: `acme#${sequence}`,
  type,
  sequence,
  version: String(sequence),
  started: false,
  replayed: false,
});
const events = [event(1, 'created'), event(2, 'paid'), event(3, 'refunded')];

const orders = [
  { after: { paid: ['created'], refunded: ['paid'] } },
  { sequence: 'number' },
  { version: 'changedAt' },
];
const rules = [
  laneRules({ onExhausted: 'hold' }),
  ...orders.flatMap((order) => [
    laneRules({ onExhausted: 'hold', order }),
    laneRules({ onExhausted: 'continue', order }),
  ]),
];

test('the life of an event is drawn as the ledger has it', () => {
  const drawing = drawStates(transitions);

  expect(checkedBlock(guarantees, 'event-states', drawing)).toBe(drawing);
});

describe('a lane, in every step that its moves can make', () => {
  let steps: readonly Step[];
  beforeAll(async () => {
    steps = (await Promise.all(rules.map((of) => walkLane(of, events)))).flat();
  });

  test('is drawn as its moves leave it', () => {
    const drawing = drawLane(steps);

    expect(checkedBlock(guarantees, 'lane-shapes', drawing)).toBe(drawing);
  });

  test('G3: knows of everybody who waits in it', () => {
    const forgetful = steps.filter(({ to }) => (to.lane?.waiting ?? 0) !== to.waiting.length);

    expect(forgetful.slice(0, 1)).toEqual([]);
  });

  test('G8: has a turn or a deadline as long as somebody waits, and never its turn on an event that is over', () => {
    const stuck = steps.filter(({ to: { lane, events } }) => {
      const holder = events.find(({ key }) => key === lane?.turn);
      return holder ? holder.life === 'over' : lane && lane.waiting > 0 && lane.dueAt === undefined;
    });

    expect(stuck.slice(0, 1)).toEqual([]);
  });
});
