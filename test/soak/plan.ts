import type { Random } from '../simulation/random.ts';

export const sources = ['open', 'held', 'once', 'held-once', 'waits'] as const;
export type SourceName = (typeof sources)[number];

export interface PlannedEvent {
  readonly source: SourceName;
  readonly id: string;
  readonly type: string;
  readonly entity: string;
  /** What the sink answers to its first calls; 200 to all later ones. */
  readonly answers: readonly number[];
  /** How long the sink thinks about each call. */
  readonly thinksMs: number;
}

/** Events of one lane, in the order in which their sender sends them, without end. */
export function* eventsOf(
  source: SourceName,
  entity: string,
  random: Random,
): Generator<PlannedEvent, never> {
  const created = random.int(1, 3);
  for (let n = 0; ; n++) {
    const type = source !== 'waits' ? 'moved' : n < created ? 'paid' : n === created ? 'created' : 'moved';
    const answers = type === 'created' ? [] : answersOf(random.next());
    const thinksMs = random.chance(0.1) ? random.int(200, 1700) : 0;
    yield { source, id: `${type}-${entity}-${n}`, type, entity, answers, thinksMs };
  }
}

function answersOf(draw: number): readonly number[] {
  if (draw < 0.1) return [500];
  if (draw < 0.14) return [422];
  if (draw < 0.17) return [500, 500, 500, 500];
  if (draw < 0.22) return [429];
  if (draw < 0.24) return [430];
  return [];
}
