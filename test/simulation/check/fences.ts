import { leaseEnd, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';

/** G6: while a lease lasts nobody but its holder decides about the event; who lost it records nothing, and says so. */
export function checkFences(stories: Stories, skewMs: number): readonly Violation[] {
  return [...stories.events.values()].flatMap((story) => [
    ...leasesAreRespected(story, stories, 2 * skewMs),
    ...fencesAreReal(story),
  ]);
}

function leasesAreRespected(story: Story, stories: Stories, toleranceMs: number): readonly Violation[] {
  const { event, entries } = story;
  return entries.flatMap((written, place): Violation[] => {
    const before = entries[place - 1];
    if (before?.entry.state !== 'processing' || before.actor === written.actor) return [];
    const leftMs = leaseEnd(stories, before) - written.at;
    if (leftMs <= toleranceMs) return [];
    const details = `${event}: ${written.actor} wrote ${written.entry.state}, ${before.actor} had ${leftMs} ms left`;
    return [{ guarantee: 'G6', what: 'somebody wrote while another held the lease', details }];
  });
}

/** A note of a fenced write is true: somebody else had got in. */
function fencesAreReal({ event, notes, entries }: Story): readonly Violation[] {
  return notes.flatMap(({ note, actor, index }): Violation[] => {
    if (note.what !== 'fenced') return [];
    const begun = entries.findLast(
      (written) => written.actor === actor && written.entry.state === 'processing' && written.index < index,
    );
    const next = entries.find(({ entry }) => entry.number === (begun?.entry.number ?? 0) + 1);
    if (begun && next && next.actor !== actor) return [];
    const what = 'a write was noted as fenced that nobody had fenced off';
    return [{ guarantee: 'G6', what, details: `${event} by ${actor}` }];
  });
}
