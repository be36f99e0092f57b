import { stateTable } from '../composition.ts';
import type { FactOf } from '../history.ts';
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
  const asked = askings(stories, ({ after }) => after?.reason === 'unreadable-item');
  return facts.flatMap((fact, index): Violation[] => {
    if (fact.kind !== 'damaged' || !isLookedAt.has(fact.what)) return [];
    const mended = facts.find(
      (later, place) => later.kind === 'mended' && place > index && later.pk === fact.pk,
    );
    // Until it is due nobody has to look at it.
    const laid = facts[index + 1];
    const dueAt = laid?.kind === 'written' ? Date.parse(String(laid.after?.dueAt)) : NaN;
    const from = Math.max(fact.at, dueAt || 0);
    if (laid?.kind === 'written' && isAtGate(laid)) return [];
    if ((mended?.at ?? Infinity) < from + toldMs || !isWatched(from, toldMs)) return [];
    // Told anew, or told before and still on the list. An event that is its own lane may stand there already, because it failed.
    const lane = laid?.kind === 'written' ? laid.after?.lane : undefined;
    const told = [...asked, ...askings(stories, ({ sk }) => sk === lane)];
    const isTold = told.some(({ at, until }) => at <= from + toldMs && until >= fact.at - minuteMs);
    if (isTold) return [];
    const what = 'an item that cannot be read is not on the attention list';
    return [{ guarantee: 'G8', what, details: `${fact.what}: ${fact.pk} ${fact.sk}` }];
  });
}

/** Nobody looks at a lane that has stopped before its gate is open. */
const isAtGate = ({ after }: FactOf<'written'>): boolean => after?.atGate !== undefined;

/** From when until when the list had such items. */
function askings(
  { history }: Stories,
  isSuch: (write: FactOf<'written'>) => boolean,
): readonly { readonly at: number; readonly until: number }[] {
  const writes = history
    .of('written')
    .filter(({ table, pk }) => table === stateTable && pk.startsWith('ATTENTION#'));
  return writes.flatMap((write, place) => {
    if (write.after === undefined || !isSuch(write)) return [];
    const next = writes.slice(place + 1).find(({ pk, sk }) => pk === write.pk && sk === write.sk);
    return [{ at: write.at, until: next?.at ?? Infinity }];
  });
}

/** Those that a sweeper meets whatever state the event was in. */
const isLookedAt: ReadonlySet<string> = new Set(['lane-without-version']);
