import type { TransactItem } from '../api/handler.ts';
import type { FlowOptions } from './allowance.ts';
import { clearAttention } from './attention.ts';
import { gateKey, sourceKey, type Gate } from './gate.ts';
import { readGate, type GateDeps } from './gates.ts';
import { goOn } from './go-on.ts';
import type { LaneOptions } from './lane-options.ts';
import { unchangedSince } from './lane-store.ts';
import type { Action, RepairDeps } from './repair.ts';

export interface GateDepsOfOperators extends RepairDeps, GateDeps {
  readonly sources: Readonly<Record<string, LaneOptions & FlowOptions>>;
}

export type GateOutcome =
  | { readonly kind: 'done'; readonly gate: Gate }
  /** The configuration has no source of this name. */
  | { readonly kind: 'not-found' }
  /** It is paused already, or is not paused. Noted. */
  | { readonly kind: 'refused'; readonly isPaused: boolean };

export type GateAction = Omit<Action, 'eventId'>;

/** The events of a source are accepted and stored as ever, and wait in their lanes; what is running ends. */
export const pause = (action: GateAction, deps: GateDepsOfOperators): Promise<GateOutcome> =>
  change(action, true, deps);

/** Each lane of a paused source goes on, in its order. */
export async function resume(action: GateAction, deps: GateDepsOfOperators): Promise<GateOutcome> {
  const outcome = await change(action, false, deps);
  if (outcome.kind === 'done') await goOn(action.source, deps);
  return outcome;
}

/** Two operators may meet at a gate; after so many meetings one of them is told what stands. */
const mostTries = 5;

async function change(
  { source: name, actor, reason }: GateAction,
  isPaused: boolean,
  deps: GateDepsOfOperators,
): Promise<GateOutcome> {
  if (!Object.hasOwn(deps.sources, name)) return { kind: 'not-found' };
  for (let tries = 1; ; tries++) {
    const before = await readGate(name, deps);
    if (isAlready(before, isPaused) || tries > mostTries) {
      const why = before?.isPaused === true ? 'it is paused' : 'it is not paused';
      await deps.ledger.note(sourceKey(name), { what: 'refused', actor, reason: `${reason} (${why})` });
      return { kind: 'refused', isPaused: before?.isPaused === true };
    }
    const gate: Gate = { name, version: deps.newId(), isPaused, at: deps.now(), actor, reason };
    const what = isPaused ? 'paused' : 'resumed';
    const note = deps.ledger.notePut(sourceKey(name), { what, actor, reason });
    const clear = clearAttention(deps.stateTable, sourceKey(name));
    const committed = await deps.lanes.commit([putGate(before, gate, deps), note, clear]);
    if (committed === 'committed') return { kind: 'done', gate };
  }
}

const isAlready = (gate: Gate | undefined, isPaused: boolean): boolean =>
  gate?.isUnreadable !== true && (gate?.isPaused ?? false) === isPaused;

/** One that cannot be read is replaced, whatever it says. */
function putGate(before: Gate | undefined, { at, ...fields }: Gate, { stateTable }: GateDeps): TransactItem {
  const Item = { ...gateKey(fields.name), ...fields, at: at.toISOString() };
  const condition = before?.isUnreadable === true ? {} : unchangedSince(before);
  return { Put: { TableName: stateTable, Item, ...condition } };
}
