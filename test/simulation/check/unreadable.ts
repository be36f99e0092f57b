import { stateTable } from '../composition.ts';
import type { Stories } from './stories.ts';
import type { Violation } from './violation.ts';
import { watchedTime } from './watched-time.ts';

const minuteMs = 60_000;
/** The sweeper looks at what it has to look at, finds that it cannot, and says so. */
const toldMs = 7 * minuteMs;

/** G8: what cannot be read is on the attention list until somebody has mended it, and costs nothing else. */
export const checkUnreadable = (stories: Stories): readonly Violation[] => [
  ...isAskedFor(stories),
  ...costsItselfAlone(stories),
];

/** Nobody else has to wait for it: a run of the sweeper that meets it goes through. */
const costsItselfAlone = ({ history }: Stories): readonly Violation[] =>
  history.of('sweep-failed').flatMap(({ actor, by }): Violation[] => {
    if (by !== 'UnreadableItem') return [];
    const what = 'an item that cannot be read made a run of the sweeper fail';
    return [{ guarantee: 'G8', what, details: actor }];
  });

function isAskedFor(stories: Stories): readonly Violation[] {
  const isWatched = watchedTime(stories);
  const { facts } = stories.history;
  return facts.flatMap((fact, index): Violation[] => {
    if (fact.kind !== 'damaged' || !isLookedAt.has(fact.what)) return [];
    const mended = facts.find(
      (later, place) => later.kind === 'mended' && place > index && later.pk === fact.pk,
    );
    if ((mended?.at ?? Infinity) < fact.at + toldMs || !isWatched(fact.at, toldMs)) return [];
    const isTold = facts.some(
      (later) =>
        later.kind === 'written' &&
        later.table === stateTable &&
        later.after?.reason === 'unreadable-item' &&
        later.at >= fact.at - minuteMs,
    );
    if (isTold) return [];
    const what = 'an item that cannot be read is not on the attention list';
    return [{ guarantee: 'G8', what, details: `${fact.what}: ${fact.pk} ${fact.sk}` }];
  });
}

/** Those that a sweeper meets whatever state the event was in. */
const isLookedAt: ReadonlySet<string> = new Set(['lane-without-version']);
