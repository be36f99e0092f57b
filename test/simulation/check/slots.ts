import { policiesOf, type Stories } from './stories.ts';
import type { FactOf, Run } from '../history.ts';
import type { Violation } from './violation.ts';

/** A source with slots: so many run at once, and each run gives its slot back. */
export const checkSlots = (stories: Stories): readonly Violation[] => [
  ...notTooMany(stories),
  ...givenBack(stories),
];

/** Never more handlers of a source run at once, over all instances. A run ends with its invocation at the latest. */
function notTooMany(stories: Stories): readonly Violation[] {
  const running = new Set<Run>();
  return stories.history.facts.flatMap((fact): Violation[] => {
    if (fact.kind === 'attempt-ended') running.delete(fact.run);
    if (fact.kind === 'died') for (const run of running) if (run.actor === fact.actor) running.delete(run);
    if (fact.kind !== 'attempt-started') return [];
    running.add(fact.run);
    const source = sourceOf(fact.run);
    const most = Math.max(...policiesOf(stories, source).map(({ atOnce }) => atOnce ?? Infinity));
    const atOnce = [...running].filter((run) => sourceOf(run) === source && run.deadline > fact.at);
    if (atOnce.length <= most) return [];
    const details = `${atOnce.length} of ${most}: ${atOnce.map(({ event }) => event).join(', ')}`;
    return [{ guarantee: 'G3', what: 'more events ran at once than there are slots', details }];
  });
}

/** In a healed world nothing keeps a worker from it. */
function givenBack(stories: Stories): readonly Violation[] {
  const { history } = stories;
  const healedAt = history.of('healed')[0]?.at ?? Infinity;
  const writes = history.of('written').filter(({ sk, pk }) => sk === 'SLOTS' && pk.startsWith('RATE#'));
  return history.of('attempt-ended').flatMap(({ run, at }): Violation[] => {
    const isLimited = policiesOf(stories, sourceOf(run)).every(({ atOnce }) => atOnce !== undefined);
    if (at < healedAt || at >= run.deadline || !isLimited) return [];
    const gave = writes.some((write) => write.actor === run.actor && write.at >= at && isLess(write));
    if (gave) return [];
    return [{ guarantee: 'G4', what: 'a run ended and its slot was not given back', details: run.event }];
  });
}

const isLess = ({ before, after }: FactOf<'written'>): boolean => Number(after?.used) < Number(before?.used);

const sourceOf = ({ event }: Run): string => event.slice(0, event.indexOf('#'));
