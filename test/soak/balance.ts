import { idempotencyKey } from '../../functions/processor/idempotency-key.ts';
import { isFinal, needsRepair, type Entry } from '../../functions/ledger/entry.ts';
import { isEventKey } from '../../functions/ledger/keys.ts';
import type { SinkCall } from '../local/fixtures/sink.ts';
import type { Act } from './operators.ts';
import type { PlannedEvent } from './plan.ts';
import type { Accepted } from './senders.ts';
import { leftOver } from './left-over.ts';
import type { Stored } from './stored.ts';

/** What does not add up, in words; nothing if everything does. */
export function imbalances(
  accepted: Accepted,
  stored: Stored,
  calls: readonly SinkCall[],
  acts: readonly Act[],
): string[] {
  const callsOf = Map.groupBy(calls, ({ event }) => event);
  const actsOf = Map.groupBy(acts, ({ event }) => event);
  const wrong = [...accepted].flatMap(([lane, events]) => {
    const effects = stored.effects.get(lane) ?? [];
    return [
      ...events.flatMap((event) => {
        const key = keyOf(event);
        const entries = stored.entries.get(key) ?? [];
        return [
          ...wrongEnd(entries, actsOf.get(key) ?? []),
          ...wrongEffects(event, entries, effects),
          ...wrongCalls(event, entries, callsOf.get(key) ?? []),
        ].map((what) => `${key}: ${what}`);
      }),
      ...wrongOrder(lane, events, stored).map((what) => `${lane}: ${what}`),
    ];
  });
  const known = new Set([...accepted.values()].flat().map(keyOf));
  const strangers = [...stored.entries.keys()].filter((key) => !known.has(key));
  return [...wrong, ...strangers.map((key) => `${key}: nobody sent it`), ...leftOver(stored)];
}

const keyOf = ({ source, id }: PlannedEvent): string => `${source}#${id}`;

/** Accepted is ended; and what operators ended, they were asked to. */
function wrongEnd(entries: readonly Entry[], acts: readonly Act[]): string[] {
  const newest = entries.at(-1);
  if (newest === undefined) return ['it was acknowledged and never ran'];
  if (!isFinal(newest.state)) return [`it ended as ${newest.state}`];
  const count = (state: Entry['state']) => entries.filter((entry) => entry.state === state).length;
  const replays = entries.filter((entry) => entry.state === 'reopened' && entry.by === 'replay').length;
  return [
    ...betweenAsked('discard', count('discarded'), acts),
    ...betweenAsked('resolve', count('resolved'), acts),
    ...betweenAsked('replay', replays, acts),
  ];
}

/** Each act that was answered as done was done, once; one that got no answer may have been. */
function betweenAsked(action: Act['action'], happened: number, acts: readonly Act[]): string[] {
  const asked = acts.filter((act) => act.action === action);
  const done = asked.filter(({ outcome }) => outcome === 'done').length;
  const most = done + asked.filter(({ outcome }) => outcome === 'unknown').length;
  if (happened >= done && happened <= most) return [];
  return [`${action} happened ${happened} times and was done ${done} to ${most} times`];
}

/** One effect for each `processed` entry, under the key of its replay, and no other. */
function wrongEffects(event: PlannedEvent, entries: readonly Entry[], effects: readonly string[]): string[] {
  const found = effects.filter((effect) => effect.startsWith(`${event.id} `)).sort();
  const expected = entries
    .filter(({ state }) => state === 'processed')
    .map(({ replay }) => effectOf(event, replay))
    .sort();
  if (found.join() === expected.join() && new Set(found).size === found.length) return [];
  return [`${expected.length} times processed, ${found.length} effects: ${found.join(', ')}`];
}

function effectOf(event: PlannedEvent, replay: number): string {
  const key = keyOf(event);
  if (!isEventKey(key)) throw new Error(`${key} is no event key`);
  return `${event.id} ${idempotencyKey(key, replay)}`;
}

/** Every call was made by an attempt, under the key of its replay; an attempt makes one call at most. */
function wrongCalls(event: PlannedEvent, entries: readonly Entry[], calls: readonly SinkCall[]): string[] {
  const attempts = Map.groupBy(
    entries.filter(({ state }) => state === 'processing'),
    ({ replay }) => effectOf(event, replay).slice(event.id.length + 1),
  );
  const made = Map.groupBy(calls, (call) => call.idempotencyKey);
  const beyond = [...made].flatMap(([key, list]) => {
    const most = attempts.get(key)?.length ?? 0;
    return list.length > most ? [`${list.length} calls under ${key}, and ${most} attempts`] : [];
  });
  const unheard = entries
    .filter(
      ({ state, replay }) => state === 'processed' && !made.has(effectOf(event, replay).split(' ')[1] ?? ''),
    )
    .map(({ replay }) => `replay ${replay} was processed without a call`);
  return [...beyond, ...unheard];
}

/**
 * The effects of a lane come in the order in which its events were acknowledged. Not those of replays, which come later by their nature;
 * where a source goes on after a failure not those of events that had failed; and not where events wait for each other.
 */
function wrongOrder(lane: string, events: readonly PlannedEvent[], stored: Stored): string[] {
  const [source = ''] = lane.split('#');
  if (source === 'waits') return [];
  const holds = source.startsWith('held');
  const ordered = events.filter((event) => {
    const entries = stored.entries.get(keyOf(event)) ?? [];
    return holds || !entries.some(({ state }) => needsRepair(state));
  });
  const place = new Map(ordered.map((event, at) => [effectOf(event, 0), at]));
  const places = (stored.effects.get(lane) ?? []).flatMap((effect) => place.get(effect) ?? []);
  const at = places.findIndex((one, index) => one < (places[index - 1] ?? -1));
  if (at < 0) return [];
  const id = (index: number | undefined) => ordered[index ?? -1]?.id ?? '?';
  return [`${id(places[at])} took effect after ${id(places[at - 1])}`];
}
