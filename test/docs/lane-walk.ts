import { admit } from '../../functions/lane/order-rules.ts';
import { orderFactsOf, type EventInLane } from '../../functions/lane/event-in-lane.ts';
import type { OrderFacts, Lane, WaitItem } from '../../functions/lane/lane.ts';
import type { LaneRules } from '../../functions/lane/lane-options.ts';
import {
  endGap,
  holdTurn,
  keepTurn,
  leaveGate,
  park,
  passTurn,
  putBack,
  releaseTurn,
  stopAtGate,
  takeTurn,
  type LaneMove,
  type TurnDeps,
} from '../../functions/lane/turn.ts';
import type { Entry, EventState } from '../../functions/ledger/entry.ts';
import type { StoredEvent } from '../../functions/ledger/event.ts';
import { laneInMemory } from './lane-in-memory.ts';

/** A lane with all of its events, between two moves. */
export interface Scene {
  readonly lane: Lane | undefined;
  readonly waiting: readonly WaitItem[];
  readonly events: readonly SceneEvent[];
}

interface SceneEvent extends OrderFacts {
  readonly life: 'queued' | 'parked' | 'stopped' | 'running' | 'delayed' | 'failed' | 'over';
}

export type MoveName =
  | 'takeTurn'
  | 'park'
  | 'stopAtGate'
  | 'leaveGate'
  | 'keepTurn'
  | 'holdTurn'
  | 'putBack'
  | 'passTurn'
  | 'releaseTurn'
  | 'endGap';

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
const mostSteps = 400_000;

/** Every step that the real moves of a lane can make, from the open lane on, until no new scene comes up. */
export async function walkLane(rules: LaneRules, events: readonly OrderFacts[]): Promise<readonly Step[]> {
  const open: Scene = { lane: undefined, waiting: [], events: events.map((e) => ({ ...e, life: 'queued' })) };
  const seen = new Set([sceneKey(open)]);
  const ahead = [open];
  const steps: Step[] = [];
  for (let scene = ahead.pop(); scene !== undefined; scene = ahead.pop()) {
    if (steps.length > mostSteps) throw new Error(`the walk has no end; it came to ${JSON.stringify(scene)}`);
    for (const step of await stepsFrom(scene, rules)) {
      steps.push(step);
      const key = sceneKey(step.to);
      if (!seen.has(key)) ahead.push(step.to);
      seen.add(key);
    }
  }
  return steps;
}

/** Scenes that no move tells apart are one: times and versions do not matter, only whether there is one. */
function sceneKey({ lane, waiting, events }: Scene): string {
  const { turn, holdNext, next, latest, done, gapUntil, watchFrom, atGate } = lane ?? {};
  const lives = events.map(({ life, started }) => [life, started]);
  const isThere = [lane, gapUntil, watchFrom, atGate].map((part) => part !== undefined);
  return JSON.stringify([turn, holdNext, next, latest, done, isThere, waiting.map(({ key }) => key), lives]);
}

async function stepsFrom(from: Scene, rules: LaneRules): Promise<readonly Step[]> {
  const { lane, waiting } = from;
  const steps: Step[] = [];

  async function step(
    by: MoveName,
    event: SceneEvent | undefined,
    life: SceneEvent['life'],
    move: (deps: TurnDeps) => LaneMove | Promise<LaneMove>,
  ) {
    const store = laneInMemory(waiting);
    const made = await move({ lanes: store.lanes, now });
    const after = { lane: made.lane, waiting: store.after(made.items) };
    const started = (event?.started ?? false) || life === 'running';
    const events = from.events
      .map((other) => (other === event ? { ...other, life, started } : other))
      // Whoever the turn was handed to has a message again.
      .map((other) => (made.promised?.event === other.key ? { ...other, life: 'queued' as const } : other));
    const writes = made.items.length > 0 && (lane ?? made.lane) !== undefined;
    steps.push({ by, from, to: { ...after, events }, writes });
  }
  const rest = (event: SceneEvent, state: EventState) =>
    step('passTurn', event, state === 'failed' ? 'failed' : 'over', (deps) =>
      passTurn(inLane(event, lane, rules), state, deps),
    );
  const fail = (event: SceneEvent) =>
    rules.onExhausted === 'continue'
      ? rest(event, 'failed')
      : step('holdTurn', event, 'failed', (deps) => holdTurn(inLane(event, lane, rules), deps));

  /** Its message is received: a first one, one of an event that was put back or handed the turn, one whose delay is over. */
  async function receive(event: SceneEvent) {
    const read = inLane(event, lane, rules);
    const candidate = orderFactsOf(read);
    const admission = admit(candidate, lane, rules);
    if (admission.kind === 'superseded') await rest(event, 'superseded');
    if (admission.kind === 'wait') {
      const parked = { ...candidate, position: event.key, generation: 0 };
      await step('park', event, 'parked', (deps) => park(read, parked, deps));
    }
    if (admission.kind !== 'run') return;
    await step('takeTurn', event, 'running', (deps) => takeTurn(read, deps));
    if (event.life !== 'running')
      await step('stopAtGate', event, 'stopped', (deps) => stopAtGate(read, deps));
  }

  for (const event of from.events) {
    const { life, key } = event;
    const read = inLane(event, lane, rules);
    if (life === 'queued' || life === 'delayed' || life === 'running') await receive(event);
    if (life === 'running') await rest(event, 'processed');
    if (life === 'running') await step('keepTurn', event, 'delayed', (deps) => keepTurn(read, nextAt, deps));
    // Of what is queued: its body expired before it ran.
    if (life === 'running' || life === 'queued') await fail(event);
    if (life === 'failed' || life === 'delayed') {
      await step('putBack', event, 'queued', (deps) => putBack(read, deps));
    }
    if (life === 'stopped') {
      await step('takeTurn', event, 'running', (deps) => takeTurn(read, deps));
      await step('leaveGate', event, 'queued', (deps) => leaveGate(read, deps));
    }
    if (life === 'failed' || life === 'delayed' || life === 'parked' || life === 'stopped') {
      await rest(event, 'discarded');
    }
    // An operator's release, or the end of a hold.
    if (life === 'failed' && lane?.turn === key) {
      await step('releaseTurn', event, 'failed', (deps) => releaseTurn(read, 'failed', deps));
    }
  }
  const [first] = waiting;
  if (lane && lane.turn === undefined && first) {
    await step('endGap', undefined, 'over', (deps) => endGap(lane, first, rules, deps));
    const failing = from.events.find(({ key }) => key === first.key);
    if (failing) await fail(failing);
  }
  return steps;
}

const nextAt = new Date(now().getTime() + 3600_000);

const states = {
  queued: undefined,
  parked: 'waiting',
  stopped: 'waiting',
  running: 'processing',
  delayed: 'retrying',
  failed: 'failed',
  over: 'processed',
} as const;

/** As the ledger would have it, as far as moves ask. */
function inLane(event: SceneEvent, lane: Lane | undefined, rules: LaneRules): EventInLane {
  const { key, type, sequence, version, life, started } = event;
  const state = states[life];
  const entry = (of: string) => ({ state: of, position: key, at: now(), generation: 0, replay: 0 });
  const begun = started ? [entry('processing')] : [];
  const entries = [...begun, ...(state === undefined ? [] : [entry(state)])] as unknown as readonly Entry[];
  const stored = { type, order: { sequence, version }, acceptedAt: now() } as unknown as StoredEvent;
  const newest = state === undefined ? undefined : entries.at(-1);
  const record = { event: stored, entries, lettersOf: [] };
  return { key, sourceName: 'acme', rules, record, newest, laneName, lane };
}
