import { named } from '../ledger/named.ts';
import type { Lane, OrderFacts } from './lane.ts';
import type { LaneRules } from './lane-options.ts';
import { compareVersions } from './version.ts';

export type Admission =
  | { readonly kind: 'run' }
  /** `needs`: the types it waits for; undefined where it waits for the turn, or for a number. */
  | { readonly kind: 'wait'; readonly reason: string; readonly needs?: readonly string[] }
  | { readonly kind: 'superseded'; readonly reason: 'late' | 'stale'; readonly comparedTo: string };

const run: Admission = { kind: 'run' };

type WhatALaneKnows = Pick<Lane, 'turn' | 'next' | 'latest' | 'done' | 'wanted'>;

/** Whether an event may run in its lane now. An open lane (no LANE item) admits what the source's own order admits. */
export function admit(event: OrderFacts, lane: WhatALaneKnows | undefined, rules: LaneRules): Admission {
  if (lane?.turn !== undefined && lane.turn !== event.key) {
    return { kind: 'wait', reason: `the turn is on ${lane.turn}` };
  }
  const stale = staleness(event, lane?.latest, rules);
  // It was given the turn by the rules or by a gap that ended, so it waits no more. If two events share a number, it may be late now.
  if (lane?.turn === event.key) return stale ?? lateness(event, lane.next, rules) ?? run;
  const inSequence = bySequence(event, lane?.next, rules);
  // A stale event keeps its place too: superseded before its turn, it would make the lane skip the numbers before it.
  if (inSequence?.kind === 'wait') return inSequence;
  return stale ?? inSequence ?? byTypes(event, lane, rules) ?? run;
}

/** Older than the last processed one. Equal is not older: many senders count whole seconds. */
function staleness(event: OrderFacts, latest: string | undefined, rules: LaneRules): Admission | undefined {
  if (!rules.version || event.replayed || event.version === undefined || latest === undefined)
    return undefined;
  if (compareVersions(event.version, latest) >= 0) return undefined;
  return { kind: 'superseded', reason: 'stale', comparedTo: `version ${latest}` };
}

function bySequence(event: OrderFacts, next: number | undefined, rules: LaneRules): Admission | undefined {
  const { sequence } = event;
  if (!rules.sequence || sequence === undefined) return undefined;
  const due = next ?? (rules.start === 1 ? 1 : sequence);
  if (sequence > due) {
    return { kind: 'wait', reason: `number ${due} has not been seen` };
  }
  return lateness(event, due, rules);
}

/** An event whose number has passed is late, unless it began while the number was due: then it may run again. */
function lateness(event: OrderFacts, due: number | undefined, rules: LaneRules): Admission | undefined {
  const { sequence, started, replayed } = event;
  if (!rules.sequence || sequence === undefined || due === undefined || sequence >= due) return undefined;
  if (started || replayed) return undefined;
  return { kind: 'superseded', reason: 'late', comparedTo: `number ${due}` };
}

/**
 * Waits for one of the types that its handler asked for, or for all that its source requires first. A type that was given up since it
 * parked counts as seen.
 */
function byTypes(
  event: OrderFacts,
  lane: WhatALaneKnows | undefined,
  rules: LaneRules,
): Admission | undefined {
  const isSettled = (type: string) => (named(lane?.wanted, type) ?? 0) > (event.tick ?? Infinity);
  if (event.needs) return event.needs.some(isSettled) ? undefined : waitFor(event.needs);
  if (event.started) return undefined;
  const missing = (named(rules.after, event.type) ?? []).filter(
    (type) => lane?.done?.includes(type) !== true && !isSettled(type),
  );
  return missing.length === 0 ? undefined : waitFor(missing);
}

const waitFor = (needs: readonly string[]): Admission => ({
  kind: 'wait',
  reason: `waits for ${needs.join(', ')}`,
  needs,
});
