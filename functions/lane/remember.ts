import { isFinal, needsRepair, type EventState } from '../ledger/entry.ts';
import { named } from '../ledger/named.ts';
import type { LaneState, OrderFacts } from './lane.ts';
import { isPrerequisite, type LaneRules } from './lane-options.ts';
import { compareVersions } from './version.ts';

/** What a lane remembers after an event came to rest in `state`: the next number, the latest version, the types that are final. */
export function remember(
  lane: LaneState,
  event: OrderFacts,
  state: EventState,
  rules: LaneRules,
): Pick<LaneState, 'next' | 'latest' | 'done' | 'wanted' | 'tick'> {
  const isMet = isFinal(state) && named(lane.wanted, event.type) !== undefined;
  return {
    next: nextAfter(lane.next, event, state, rules),
    latest: latestAfter(lane.latest, event, state, rules),
    done: doneAfter(lane.done, event, state, rules),
    ...(isMet ? met(lane, [event.type]) : { wanted: lane.wanted, tick: lane.tick }),
  };
}

/** Types became final or are given up: events that wait for one of them, and parked before now, go on. */
export function met(
  { wanted, tick = 0 }: LaneState,
  types: readonly string[],
): Pick<Required<LaneState>, 'wanted' | 'tick'> {
  const now = tick + 1;
  return { wanted: { ...wanted, ...Object.fromEntries(types.map((type) => [type, now])) }, tick: now };
}

function nextAfter(next: number | undefined, event: OrderFacts, state: EventState, rules: LaneRules) {
  if (!rules.sequence || event.sequence === undefined) return next;
  const passed = needsRepair(state) && rules.onExhausted === 'continue';
  if (!isFinal(state) && !passed) return next;
  const due = next ?? (rules.start === 1 ? 1 : event.sequence);
  // A discarded event gives way only where it is the one that is due: numbers before it may still come. Before a lane has seen its
  // first number, that is the one which has begun.
  const isDue = event.sequence === due && (next !== undefined || rules.start === 1 || event.started);
  if (state === 'discarded' && !isDue) return next;
  return Math.max(due, event.sequence + 1);
}

function latestAfter(latest: string | undefined, event: OrderFacts, state: EventState, rules: LaneRules) {
  if (!rules.version || event.version === undefined || state !== 'processed') return latest;
  return latest === undefined || compareVersions(event.version, latest) > 0 ? event.version : latest;
}

function doneAfter(done: string[] | undefined, event: OrderFacts, state: EventState, rules: LaneRules) {
  if (!isFinal(state) || !isPrerequisite(event.type, rules) || done?.includes(event.type)) return done;
  return [...(done ?? []), event.type];
}
