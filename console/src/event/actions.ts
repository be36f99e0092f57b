import type { AuditItem, Event, EventState, Lane } from '../api/wire.ts';

export type Act = keyof typeof operatorMay | 'release';

/** The ledger's own table of transitions says the same (a test compares them); it would bring its schemas into the page. */
export const operatorMay = {
  redrive: (state) => ['failed', 'quarantined', 'retrying'].includes(state),
  replay: (state) => ['processed', 'ignored'].includes(state),
  discard: (state) => ['failed', 'quarantined', 'retrying', 'waiting', 'reopened'].includes(state),
  resolve: (state) => ['failed', 'quarantined', 'retrying'].includes(state),
} as const satisfies Readonly<Record<string, (state: EventState) => boolean>>;

/** What an operator may do, and what that does: to the event, to its lane. */
export interface Possible {
  readonly act: Act;
  readonly name: string;
  readonly toEvent: string;
  readonly toLane: string;
  /** Nothing brings it back. */
  readonly isFinal: boolean;
}

export const names: Readonly<Record<Act, string>> = {
  redrive: 'Redrive',
  replay: 'Replay',
  discard: 'Discard',
  resolve: 'Resolve',
  release: 'Release the lane',
};

/** What the audit calls what was done. */
export const whatOf: Readonly<Record<Act, AuditItem['what']>> = {
  redrive: 'redriven',
  replay: 'replayed',
  discard: 'discarded',
  resolve: 'resolved',
  release: 'released',
};

/** In the order of what is wanted most often. `lane` is undefined while it is not known. */
export function possibleActions(event: Event, lane: Lane | undefined, now: number): readonly Possible[] {
  const { state } = event;
  const hasBody = event.expiresAt !== undefined && Date.parse(event.expiresAt) > now;
  const acts: readonly Act[] = [
    ...(operatorMay.redrive(state) && hasBody ? (['redrive'] as const) : []),
    ...(operatorMay.replay(state) && hasBody ? (['replay'] as const) : []),
    ...(operatorMay.resolve(state) ? (['resolve'] as const) : []),
    ...(operatorMay.discard(state) ? (['discard'] as const) : []),
    ...(isHeldBy(event, lane) ? (['release'] as const) : []),
  ];
  return acts.map((act) => ({
    act,
    name: names[act],
    toEvent: toEvent(act, 'It'),
    toLane: toLane(act, event, lane),
    isFinal: isFinal(act),
  }));
}

/** Its body has expired, so what would run it is not offered. */
export const cannotRunAgain = (event: Event, now: number): boolean =>
  (operatorMay.redrive(event.state) || operatorMay.replay(event.state)) &&
  (event.expiresAt === undefined || Date.parse(event.expiresAt) <= now);

export const isHeldBy = ({ eventId }: Event, lane: Lane | undefined): boolean =>
  lane?.state === 'held' && lane.turn?.eventId === eventId;

const effects: Readonly<Record<Act, string>> = {
  redrive: 'runs again now, with all its attempts and under the same idempotency key.',
  replay: 'runs again on purpose, under a new idempotency key: its effects happen a second time.',
  resolve: 'is closed as if it had happened. No handler runs: you have seen to its effect.',
  discard: 'is given up: it never runs again.',
  release: 'stays as it is, and on the attention list.',
};

/** What an action does to one event, or to each of several. */
export const toEvent = (act: Act, which: 'It' | 'Each'): string => `${which} ${effects[act]}`;

/** Nothing brings it back. */
export const isFinal = (act: Act): boolean => act === 'discard' || act === 'resolve';

function toLane(act: Act, event: Event, lane: Lane | undefined): string {
  if (event.lane === undefined) return 'Its lane is not known any more.';
  if (lane === undefined) return 'Its lane is being read.';
  if (lane.state === 'stopped' && (act === 'redrive' || act === 'replay')) {
    return 'Its source is paused, or its destination away: it waits in its lane until that is over.';
  }
  const hasTurn = lane.turn?.eventId === event.eventId;
  const those = waitingIn(lane);
  switch (act) {
    case 'redrive':
      if (!hasTurn && lane.turn !== undefined)
        return `It waits behind ${lane.turn.eventId}, which has the turn of the lane.`;
      if (!hasTurn) return 'Its lane has gone on without it: what came after it may have run already.';
      return those === undefined
        ? 'It runs first in its lane. Nothing waits behind it.'
        : `It runs first in its lane; ${those} after it, in order. Should it fail again, the lane is held again.`;
    case 'replay':
      return lane.turn === undefined
        ? 'In its lane it runs as a new event would.'
        : `In its lane it waits as a new event would: ${lane.turn.eventId} has the turn.`;
    case 'resolve':
    case 'discard':
      if (!hasTurn) return 'Its lane does not wait for it.';
      return those === undefined
        ? 'Nothing waits behind it in its lane.'
        : `Its lane goes on: ${those} now, in order.`;
    case 'release':
      return those === undefined
        ? 'Nothing waits behind it: what comes next in the lane runs at once.'
        : `Its lane goes on without it: ${those} now, in order. A redrive later runs after those that went on.`;
  }
}

function waitingIn({ waiting = 0 }: Lane): string | undefined {
  if (waiting === 0) return undefined;
  return waiting === 1 ? 'the one event that waits runs' : `the ${waiting} events that wait run`;
}
