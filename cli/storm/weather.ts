/** One event of a storm, before it is sent. */
export interface StormEvent {
  readonly source: 'orders' | 'numbered' | 'alone';
  readonly eventId: string;
  readonly entity: string;
  readonly lane: string;
  readonly place: number | undefined;
  /** How often it is sent. */
  readonly copies: number;
  /** How its first attempts end: it fails so often before it succeeds, or for good until it is repaired. */
  readonly fails: number | 'for good';
}

export interface Storm {
  readonly events: readonly StormEvent[];
  /** Lanes whose first event fails for good. */
  readonly heldLanes: readonly string[];
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const perLane = 5;

/** So many events over lanes of five: two fifths in order of arrival, two fifths by their numbers, the rest alone. */
export function makeStorm(count: number, seed: number): Storm {
  const random = randomOf(seed);
  const events = Array.from({ length: count }, (_, n): StormEvent => {
    const laneNumber = Math.floor(n / perLane);
    const place = n % perLane;
    const source =
      (['orders', 'numbered', 'orders', 'numbered', 'alone'] as const)[laneNumber % 5] ?? 'orders';
    const isAlone = source === 'alone';
    const entity = isAlone ? `alone-${n}` : `lane-${laneNumber}`;
    const isHolding = source === 'orders' && place === 0 && laneNumber % 4 === 0;
    const mayFail = random() < 0.2 ? 1 : 0;
    return {
      source,
      eventId: `storm-${seed}-${n}`,
      entity,
      lane: isAlone ? `alone#storm-${seed}-${n}` : `${source}#${entity}`,
      place: isAlone ? undefined : place,
      copies: 1 + Math.floor(random() * 3),
      fails: isHolding ? 'for good' : mayFail,
    };
  });
  const heldLanes = events.filter(({ fails }) => fails === 'for good').map(({ lane }) => lane);
  return { events, heldLanes };
}

/** In any order, the same for the same seed. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const random = randomOf(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
