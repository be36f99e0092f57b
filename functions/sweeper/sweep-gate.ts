import { raiseAttention, raiseUnreadable } from '../lane/attention.ts';
import { mostLetThrough, type Breaker } from '../lane/breaker.ts';
import { freePlaces } from '../lane/rate.ts';
import { after, dueShards } from '../lane/due.ts';
import { gateKey, heardWithinSeconds, sourceKey, stoppedPartition, type Gate } from '../lane/gate.ts';
import type { Gates } from '../lane/gates.ts';
import { handOnSlots } from '../lane/hand-on-slots.ts';
import type { Lane } from '../lane/lane.ts';
import { waitForSlot, type Slots } from '../lane/slots.ts';
import { longestStopped } from '../lane/stopped-lanes.ts';
import { named } from '../ledger/named.ts';
import { checkLane } from './check-lane.ts';
import type { SweepRun } from './deps.ts';
import { sweepBreaker } from './sweep-breaker.ts';
import { sweepPartition } from './sweep-due.ts';

/** A pause that lasts longer may have been forgotten. */
const longPauseSeconds = 24 * 3600;

/** What stands at the gate of one source. */
interface Standing {
  readonly name: string;
  readonly pause: Gate | undefined;
  readonly breaker: Breaker | undefined;
}

export const standing = ({ pauses, breakers }: Gates = nothing): readonly Standing[] =>
  [...new Set([...pauses.keys(), ...breakers.keys()])].map((name) => ({
    name,
    pause: pauses.get(name),
    breaker: breakers.get(name),
  }));

const nothing: Gates = { pauses: new Map(), breakers: new Map() };

/** Lets the lanes through that wait at a gate which is open; of one that is closed for long, or cannot be read, somebody is told. */
export async function sweepGate({ name, pause, breaker }: Standing, deps: SweepRun): Promise<void> {
  const now = deps.now();
  if (pause?.isUnreadable === true) {
    await deps.lanes.commit([raiseUnreadable(deps.stateTable, sourceKey(name), now, name)]);
  } else if (pause?.isPaused === true) {
    if (after(pause.at, longPauseSeconds) <= now) await reportPause(pause, deps);
  } else if (!Object.hasOwn(deps.sources, name)) {
    return;
  } else if (breaker?.trippedAt !== undefined) {
    await sweepBreaker(breaker, deps);
  } else if (isOpen(pause, breaker, now)) {
    const left = { lanes: await allowance(name, breaker, deps) };
    const { atOnce } = named(deps.sources, name)?.atMost ?? {};
    if (atOnce !== undefined) {
      await sweepLine({ name, atOnce }, left.lanes, deps);
      return;
    }
    await Promise.all(
      Array.from({ length: dueShards }, (_, shard) =>
        sweepPartition(stoppedPartition(name, shard), `gate ${name}`, deps, left),
      ),
    );
  }
}

/** Lanes that wait for a slot, or have waited for something else: what is free is handed on now, and what others leave later. */
async function sweepLine(slots: Slots, most: number, deps: SweepRun): Promise<void> {
  const [group] = await longestStopped(slots.name, 1, deps);
  if (group === undefined) return;
  const { free, waits } = await waitForSlot(group, slots, deps.now(), deps);
  const letThrough = (lane: Lane) => checkLane(lane.lane, deps, { mayPass: true });
  await handOnSlots(slots, { free: Math.min(free, most), waits }, letThrough, deps);
}

/** So many lanes go on in this run: as many as the breaker and the rate of their source let through. */
async function allowance(name: string, breaker: Breaker | undefined, deps: SweepRun): Promise<number> {
  const { breaker: rules, atMost: { perSecond } = {} } = named(deps.sources, name) ?? {};
  const now = deps.now();
  return Math.min(
    breaker && rules ? mostLetThrough(breaker, rules, now) : Infinity,
    perSecond === undefined ? Infinity : await freePlaces(name, { perSecond }, now, deps),
  );
}

/** An instance that has not heard of a resume yet would stop what is let through. */
const isOpen = (pause: Gate | undefined, breaker: Breaker | undefined, now: Date): boolean =>
  (pause === undefined || after(pause.at, heardWithinSeconds) <= now) &&
  (breaker?.closedUntil === undefined || breaker.closedUntil <= now);

/** Holds only while the gate is the one that was read: who resumes the source takes it off the list. */
async function reportPause({ name, at, version }: Gate, deps: SweepRun): Promise<void> {
  const { stateTable } = deps;
  const key = sourceKey(name);
  const raised = raiseAttention(stateTable, { key, source: name, lane: key, reason: 'paused', at, entry: 0 });
  const isStillPaused = {
    Update: {
      TableName: stateTable,
      Key: gateKey(name),
      UpdateExpression: 'SET reportedAt = :now',
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': version, ':now': deps.now().toISOString() },
    },
  };
  await deps.lanes.commit([raised, isStillPaused]);
}
