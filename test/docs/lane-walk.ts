import { admit } from '../../functions/lane/admit.ts';
import type { Candidate, Lane, Waiting } from '../../functions/lane/lane.ts';
import type { LaneRules } from '../../functions/lane/rules.ts';
import { endGap, holdTurn, park, passTurn, takeTurn, type LaneMove } from '../../functions/lane/turn.ts';
import type { EventState } from '../../functions/ledger/entry.ts';
import type { EventKey } from '../../functions/ledger/keys.ts';
import { laneInMemory } from './lane-in-memory.ts';

/** A lane with all of its events, between two moves. */
export interface Scene {
  readonly lane: Lane | undefined;
  readonly waiting: readonly Waiting[];
  readonly events: readonly SceneEvent[];
}

interface SceneEvent extends Candidate {
  readonly life: 'queued' | 'parked' | 'running' | 'failed' | 'over';
}

export type MoveName = 'takeTurn' | 'park' | 'holdTurn' | 'passTurn' | 'endGap';

export interface Step {
  readonly by: MoveName;
  readonly from: Scene;
  readonly to: Scene;
  /** Whether it writes the LANE item; a version is written even where nothing else changes. */
  readonly writes: boolean;
}

const laneName = 'acme#customer-1';
const now = () => new Date('2026-11-24T10:00:00.000Z');

/** Far more than three events take; an item that is left behind would make the walk endless. */
const mostSteps = 100_000;

/** Every step that the real moves of a lane can make, from the open lane on, until no new scene comes up. */
export async function walkLane(rules: LaneRules, events: readonly Candidate[]): Promise<readonly Step[]> {
  const open: Scene = { lane: undefined, waiting: [], events: events.map((e) => ({ ...e, life: 'queued' })) };
  const seen = new Set([JSON.stringify(open)]);
  const ahead = [open];
  const steps: Step[] = [];
  for (let scene = ahead.pop(); scene !== undefined; scene = ahead.pop()) {
    if (steps.length > mostSteps) throw new Error(`the walk has no end; it came to ${JSON.stringify(scene)}`);
    for (const step of await stepsFrom(scene, rules)) {
      steps.push(step);
      const key = JSON.stringify(step.to);
      if (!seen.has(key)) ahead.push(step.to);
      seen.add(key);
    }
  }
  return steps;
}

async function stepsFrom(from: Scene, rules: LaneRules): Promise<readonly Step[]> {
  const { lane, waiting } = from;
  const steps: Step[] = [];
  const stateTable = 'state';

  async function step(
    by: MoveName,
    event: SceneEvent | undefined,
    life: SceneEvent['life'],
    move: (deps: Parameters<typeof passTurn>[4]) => LaneMove | Promise<LaneMove>,
  ) {
    const store = laneInMemory(waiting);
    const made = await move({ lanes: store.lanes, stateTable, now });
    const after = { lane: made.lane, waiting: store.after(made.items) };
    const started = (event?.started ?? false) || life === 'running';
    const events = from.events
      .map((other) => (other === event ? { ...other, life, started } : other))
      // Whoever the turn was handed to has a message again.
      .map((other) => (made.promised?.event === other.key ? { ...other, life: 'queued' as const } : other));
    steps.push({ by, from, to: { ...after, events }, writes: made.items.length > 0 });
  }
  const rest = (event: SceneEvent, state: EventState, under: LaneRules, leaves?: string) =>
    step('passTurn', event, state === 'failed' ? 'failed' : 'over', (deps) =>
      passTurn(lane, event, state, { laneName, rules: under, leaves }, deps),
    );
  const fail = (event: SceneEvent, leaves?: string) =>
    rules.onExhausted === 'continue'
      ? rest(event, 'failed', rules, leaves)
      : step('holdTurn', event, 'failed', (deps) =>
          holdTurn(lane, event, { laneName, rules, leaves, entryNumber: 1 }, deps),
        );

  /** Its message is received: a first one, a redrive, a hand-over. */
  async function receive(event: SceneEvent) {
    const admission = admit(event, lane, rules);
    if (admission.kind === 'superseded') await rest(event, 'superseded', rules);
    if (admission.kind === 'wait') {
      const position = event.key;
      const parked: Waiting = { ...event, position, generation: 0, entryNumber: 1 };
      await step('park', event, 'parked', (deps) => park(lane, parked, admission, { laneName, rules }, deps));
    }
    if (admission.kind !== 'run') return;
    // A last receive takes the turn even of an open lane.
    for (const evenIfOpen of [false, true]) {
      await step('takeTurn', event, 'running', (deps) =>
        takeTurn(lane, event, { laneName, evenIfOpen }, deps),
      );
    }
  }

  for (const event of from.events) {
    const { life, key } = event;
    if (life === 'queued' || life === 'failed' || life === 'running') await receive(event);
    if (life === 'running') await rest(event, 'processed', rules);
    // Of what is queued: its body expired before it ran.
    if (life === 'running' || life === 'queued') await fail(event);
    if (life === 'failed' || life === 'parked') await rest(event, 'discarded', rules, leavesOf(key, waiting));
    // An operator's release, or the end of a hold.
    if (life === 'failed' && lane?.turn === key) {
      await rest(event, 'failed', { ...rules, onExhausted: 'continue' });
    }
  }
  const [first] = waiting;
  if (lane && lane.turn === undefined && first) {
    await step('endGap', undefined, 'over', (deps) => endGap(lane, rules, deps));
    const failing = from.events.find(({ key }) => key === first.key);
    if (failing) await fail(failing, first.position);
  }
  return steps;
}

const leavesOf = (key: EventKey, waiting: readonly Waiting[]): string | undefined =>
  waiting.find((parked) => parked.key === key)?.position;
