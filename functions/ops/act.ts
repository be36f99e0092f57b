import { readSettling } from '../lane/candidate.ts';
import type { Purpose } from '../lane/lane-message.ts';
import { reopen } from '../lane/reopen.ts';
import { keepPromise, settle, type SettleDeps, type Settling } from '../lane/settle.ts';
import { passTurn } from '../lane/turn.ts';
import { following, isAtRest, isFinal, type EventState, type NewEntry } from '../ledger/entry.ts';
import { eventKey, type EventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import { operatorMay } from '../ledger/transitions.ts';
import type { Source } from '../sources/source.ts';

export interface ActDeps extends SettleDeps {
  readonly sources: Readonly<Record<string, Source>>;
}

/** What an operator asks for, who they are, and why: all of it is audited. */
export interface Action {
  readonly source: string;
  readonly eventId: string;
  readonly actor: string;
  readonly reason: string;
}

/** `event`: what was acted on, which of a release is the one that had the turn. */
export type ActOutcome =
  | { readonly kind: 'done'; readonly event: EventKey; readonly state: EventState }
  | { readonly kind: 'not-found' }
  /** The event's state does not allow it, or its body has expired. Noted. */
  | { readonly kind: 'refused'; readonly event: EventKey; readonly state: EventState };

type Target = Settling & { readonly record: EventRecord };

/** Runs a failed or quarantined event again, under the same idempotency key. */
export const redrive = (action: Action, deps: ActDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.redrive, deps, (target) => putBack(target, 'redrive', action, deps));

/** Runs a processed (or ignored) event again on purpose, under a new idempotency key: its effects happen anew. */
export const replay = (action: Action, deps: ActDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.replay, deps, (target) => putBack(target, 'replay', action, deps));

/** Gives an event up: it never runs again, and its lane goes on without it. */
export const discard = (action: Action, deps: ActDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.discard, deps, (target) => close(target, 'discarded', action, deps));

/** Closes an event whose effect an operator has brought about, or found done: it counts as having happened. */
export const resolve = (action: Action, deps: ActDeps): Promise<ActOutcome> =>
  onEvent(action, operatorMay.resolve, deps, (target) => close(target, 'resolved', action, deps));

/** Takes the turn of a held lane from the event it rests on: those that wait go on without it. */
export async function release(
  action: Omit<Action, 'eventId'> & { readonly lane: string },
  deps: ActDeps,
): Promise<ActOutcome> {
  const { source: sourceName, actor, reason } = action;
  const source = sourceNamed(sourceName, deps);
  for (let tries = 1; source; tries++) {
    const lane = await deps.lanes.read(action.lane);
    const turn = lane?.turn;
    if (turn === undefined) return { kind: 'not-found' };
    const held = await readSettling(turn, sourceName, source, deps);
    const state = held.entries.at(-1)?.state ?? 'pending';
    if (!isAtRest(state) || tries > mostTries) {
      return await refuse(turn, state, `release: ${reason}`, actor, deps);
    }
    const { candidate, laneName } = held;
    const rules = { ...held.rules, onExhausted: 'continue' as const };
    const move = await passTurn(lane, candidate, state, { laneName, rules }, deps);
    const note = deps.ledger.notePut(turn, { what: 'released', actor, reason });
    if ((await deps.lanes.commit([...move.items, note])) === 'moved') continue;
    await keepPromise(laneName, move.promised, deps);
    return { kind: 'done', event: turn, state };
  }
  return { kind: 'not-found' };
}

/** Others may decide about the same event or lane at the same time; after so many meetings the caller is told what stands. */
const mostTries = 5;

async function onEvent(
  action: Action,
  isAllowed: (state: EventState) => boolean,
  deps: ActDeps,
  act: (target: Target) => Promise<ActOutcome | 'again'>,
): Promise<ActOutcome> {
  const source = sourceNamed(action.source, deps);
  if (source === undefined) return { kind: 'not-found' };
  const key = eventKey(action.source, action.eventId);
  for (let tries = 1; ; tries++) {
    const target = await readSettling(key, action.source, source, deps);
    const { entries, record } = target;
    if (record.event === undefined && entries.length === 0) return { kind: 'not-found' };
    const state = entries.at(-1)?.state ?? 'pending';
    if (!isAllowed(state) || tries > mostTries) {
      return await refuse(key, state, action.reason, action.actor, deps);
    }
    const outcome = await act(target);
    if (outcome !== 'again') return outcome;
  }
}

async function putBack(
  { key, laneName: lane, entries, record: { event } }: Target,
  by: 'redrive' | 'replay',
  { actor, reason }: Action,
  deps: ActDeps,
): Promise<ActOutcome | 'again'> {
  const newest = entries.at(-1);
  if (newest === undefined) return 'again';
  // It would only fail: what was processed would ask for attention, and hold its lane.
  if (event === undefined || event.expiresAt <= deps.now()) {
    return await refuse(key, newest.state, reason, actor, deps, 'its body has expired');
  }
  const reopened = await reopen({ key, lane, newest }, { by, actor, reason }, deps);
  if (reopened.kind === 'fenced') return 'again';
  const { generation } = reopened;
  const purpose: Purpose = by === 'replay' ? 'replay' : 'reopened';
  await keepPromise(lane, { event: key, generation, purpose }, deps);
  return { kind: 'done', event: key, state: 'reopened' };
}

async function close(
  target: Target,
  state: 'discarded' | 'resolved',
  { actor, reason }: Action,
  deps: ActDeps,
): Promise<ActOutcome | 'again'> {
  const entry: NewEntry = { ...following(target.entries.at(-1)), state, actor, reason };
  const settled = await settle(target, entry, [], deps);
  return settled.kind === 'appended' ? { kind: 'done', event: target.key, state } : 'again';
}

async function refuse(
  key: EventKey,
  state: EventState,
  reason: string,
  actor: string,
  deps: ActDeps,
  why = isFinal(state) ? 'it is final' : `it is ${state}`,
): Promise<ActOutcome> {
  await deps.ledger.note(key, { what: 'refused', actor, reason: `${reason} (${why})` });
  return { kind: 'refused', event: key, state };
}

const sourceNamed = (name: string, { sources }: ActDeps): Source | undefined =>
  Object.hasOwn(sources, name) ? sources[name] : undefined;
