import { isFinal } from '../../../functions/ledger/entry.ts';
import type { Stories, Story } from './stories.ts';
import type { Violation } from './violation.ts';

/** G1: what was acknowledged was in the ledger and in the queue before, and ends final or on the attention list. */
export function checkAccepted(stories: Stories): readonly Violation[] {
  return [...stories.events.values()].flatMap((story) => [...storedBefore(story), ...queuedBefore(story)]);
}

function storedBefore({ event, acknowledgements, stored }: Story): readonly Violation[] {
  return acknowledgements
    .filter(({ answered }) => !stored.some(({ index }) => index < answered.index))
    .map(({ outcome }) => ({
      guarantee: 'G1',
      what: 'an event was acknowledged before it was stored',
      details: `${event}, answered ${outcome.status}`,
    }));
}

/** Before an acknowledgement that promises a run, a message was sent; for `reopened`, since then. */
function queuedBefore({ event, acknowledgements, sent, entries }: Story): readonly Violation[] {
  return acknowledgements.flatMap(({ outcome, arrived, answered }): Violation[] => {
    const promises = outcome.status !== 'duplicate' || outcome.state === 'pending';
    if (!promises) return [];
    const since = outcome.status === 'reopened' ? arrived.index : -1;
    const isSent = sent.some(({ index }) => index > since && index < answered.index);
    const isOver = entries.some(({ entry, index }) => index < answered.index && isFinal(entry.state));
    if (isSent || isOver) return [];
    const what = 'an event was acknowledged before its message was in the queue';
    return [{ guarantee: 'G1', what, details: `${event}, answered ${outcome.status}` }];
  });
}
