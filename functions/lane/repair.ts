import { isAtRest, isFinal, needsRepair, type EventState } from '../ledger/entry.ts';
import { eventKey, type EventKey } from '../ledger/keys.ts';
import { named, sourceOf } from '../ledger/named.ts';
import { operatorMay } from '../ledger/transitions.ts';
import { readEventInLane, type EventInLane } from './event-in-lane.ts';
import { reopen } from './reopen.ts';
import type { LaneOptions } from './lane-options.ts';
import { keepPromise, settle, type SettleDeps } from './settle.ts';
import { releaseTurn } from './turn.ts';

export interface RepairDeps extends SettleDeps {
  readonly sources: Readonly<Record<string, LaneOptions>>;
}

/** What an operator asks for, who they are, and why: all of it is audited. */
export interface Action {
  readonly source: string;
  readonly eventId: string;
  readonly actor: string;
  readonly reason: string;
  /** Number of the newest entry as the operator has seen it. Where it is another one nothing is done, and nothing noted. Default: whatever it is. */
  readonly seenEntry?: number;
}

/** `event`: the event that was acted on; of a release, the one that had the turn. */
export type ActOutcome =
  | { readonly kind: 'done'; readonly event: EventKey; readonly state: EventState }
  | { readonly kind: 'not-found' }
  /** The event's state does not allow it, or its body has expired (noted); or it is no longer as it was seen. */
  | { readonly kind: 'refused'; readonly event: EventKey; readonly state: EventState };

/** Runs a failed, quarantined or retrying event again now, under the same idempotency key. */
export const redrive = (action: Action, deps: RepairDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.redrive, deps, (event) => putBack(event, 'redrive', action, deps));

/**
 * The same for an operator who moved a dead letter back in SQS; nothing where the event no longer rests by the entry of that letter. False: it
 * cannot be redriven, and its letter belongs into the dead-letter queue again.
 */
export async function redriveByLetter(key: EventKey, entry: number, deps: RepairDeps): Promise<boolean> {
  const source = sourceOf(key, deps.sources);
  if (source === undefined) return false;
  const who = { actor: 'sqs', reason: 'moved back from the dead-letter queue' };
  for (;;) {
    const event = await readEventInLane(key, source, deps);
    const { newest } = event;
    if (newest?.number !== entry || !needsRepair(newest.state)) return true;
    const outcome = await putBack(event, 'redrive', who, deps);
    if (outcome !== 'again') return outcome.kind === 'done';
  }
}

/** Runs a processed (or ignored) event again on purpose, under a new idempotency key: its effects happen anew. */
export const replay = (action: Action, deps: RepairDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.replay, deps, (event) => putBack(event, 'replay', action, deps));

/** Gives an event up: it never runs again, and its lane goes on without it. */
export const discard = (action: Action, deps: RepairDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.discard, deps, (event) => close(event, 'discarded', action, deps));

/** Closes an event whose effect an operator has brought about or found done: the lane counts it as processed. */
export const resolve = (action: Action, deps: RepairDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.resolve, deps, (event) => close(event, 'resolved', action, deps));

/** Takes the turn of a held lane from the failed event that has it: the waiting events go on without it. */
export async function release(
  action: Omit<Action, 'eventId'> & { readonly lane: string },
  deps: RepairDeps,
): Promise<ActOutcome> {
  const { actor, reason } = action;
  const source = named(deps.sources, action.source);
  for (let tries = 1; source; tries++) {
    // Reads the lane before the event: giving the event the turn again after this read changes the lane's version.
    const lane = await deps.lanes.read(action.lane);
    const turn = lane?.turn;
    if (turn === undefined) return { kind: 'not-found' };
    const held = { ...(await readEventInLane(turn, source, deps)), laneName: action.lane, lane };
    const state = held.newest?.state ?? 'pending';
    if (!isAtRest(state) || tries > mostTries) {
      return await refuse(turn, state, `release: ${reason}`, actor, deps);
    }
    const move = await releaseTurn(held, state, deps);
    const note = deps.ledger.notePut(turn, { what: 'released', actor, reason });
    if ((await deps.lanes.commit([...move.items, note])) === 'moved') continue;
    await keepPromise(action.lane, move, deps);
    return { kind: 'done', event: turn, state };
  }
  return { kind: 'not-found' };
}

/** Tries after conflicts with other writers; after these the caller is told the state as it is. */
const mostTries = 5;

async function onEvent(
  action: Action,
  isAllowed: (state: EventState) => boolean,
  deps: RepairDeps,
  act: (event: EventInLane) => Promise<ActOutcome | 'again'>,
): Promise<ActOutcome> {
  const source = named(deps.sources, action.source);
  if (source === undefined) return { kind: 'not-found' };
  const key = eventKey(action.source, action.eventId);
  for (let tries = 1; ; tries++) {
    const event = await readEventInLane(key, source, deps);
    if (event.record.event === undefined && event.newest === undefined) return { kind: 'not-found' };
    const state = event.newest?.state ?? 'pending';
    if (action.seenEntry !== undefined && event.newest?.number !== action.seenEntry)
      return { kind: 'refused', event: key, state };
    if (!isAllowed(state) || tries > mostTries) {
      return await refuse(key, state, action.reason, action.actor, deps);
    }
    const outcome = await act(event);
    if (outcome !== 'again') return outcome;
  }
}

async function putBack(
  target: EventInLane,
  by: 'redrive' | 'replay',
  { actor, reason }: Pick<Action, 'actor' | 'reason'>,
  deps: RepairDeps,
): Promise<ActOutcome | 'again'> {
  const { key, newest } = target;
  const { event } = target.record;
  // It would fail at once: a processed event would then need attention, and hold its lane.
  if (event === undefined || event.expiresAt <= deps.now()) {
    return await refuse(key, newest?.state ?? 'pending', reason, actor, deps, 'its body has expired');
  }
  const promised = await reopen(target, { by, actor, reason }, deps);
  if (promised === undefined) return 'again';
  await keepPromise(promised.lane, { promised }, deps);
  return { kind: 'done', event: key, state: 'reopened' };
}

async function close(
  event: EventInLane,
  state: 'discarded' | 'resolved',
  { actor, reason }: Action,
  deps: RepairDeps,
): Promise<ActOutcome | 'again'> {
  const settled = await settle(event, { state, actor, reason }, deps);
  return settled.kind === 'appended' ? { kind: 'done', event: event.key, state } : 'again';
}

async function refuse(
  key: EventKey,
  state: EventState,
  reason: string,
  actor: string,
  deps: RepairDeps,
  why = isFinal(state) ? 'it is final' : `it is ${state}`,
): Promise<ActOutcome> {
  await deps.ledger.note(key, { what: 'refused', actor, reason: `${reason} (${why})` });
  return { kind: 'refused', event: key, state };
}
