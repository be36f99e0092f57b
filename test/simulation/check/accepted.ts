import { isFinal, needsRepair } from '../../../functions/ledger/entry.ts';
import { newestAt, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';

/** G1: what was acknowledged was in the ledger and in the queue before, and ends final or on the attention list. */
export function checkAccepted(stories: Stories): readonly Violation[] {
  return [...stories.events.values()].flatMap((story) => [
    ...storedBefore(story),
    ...queuedBefore(story),
    ...decidedAfterStored(story, stories),
    ...copiesAreTaken(story, stories),
  ]);
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

/** Before an acknowledgement that promises a run, a message was sent; for `reopened`, one that is newer than the entry of this request. */
function queuedBefore({ event, acknowledgements, sent, entries }: Story): readonly Violation[] {
  return acknowledgements.flatMap(({ actor, outcome, answered }): Violation[] => {
    const promises = outcome.status !== 'duplicate' || outcome.state === 'pending';
    if (!promises) return [];
    const before = entries.filter(({ index }) => index < answered.index);
    const isReopened = outcome.status === 'reopened';
    const own = before.findLast((written) => written.actor === actor && written.entry.state === 'reopened');
    const since = isReopened ? (own?.index ?? Infinity) : -1;
    const isSent = sent.some(
      ({ index, isNew }) => index > since && index < answered.index && (isNew || !isReopened),
    );
    const isOver = before.some(({ entry }) => isFinal(entry.state));
    if (isSent || isOver) return [];
    const what = 'an event was acknowledged before its message was in the queue';
    return [{ guarantee: 'G1', what, details: `${event}, answered ${outcome.status}` }];
  });
}

/** No clock is so far from another. */
const skewMs = 10_000;

/**
 * A copy of an event at rest that came after the body had expired, and was accepted as if it were new, is run or at least noted: by the
 * time at which the first message is acknowledged that came after it.
 */
function copiesAreTaken(story: Story, { history }: Stories): readonly Violation[] {
  const { event, stored, entries, notes, receives } = story;
  const answers = history.of('answered');
  return stored.slice(1).flatMap(({ index, at, item }): Violation[] => {
    const newest = newestAt(story, index);
    if (newest === undefined || !needsRepair(newest.entry.state) || newest.at + skewMs > at) return [];
    const answered = receives.flatMap((receive) => {
      const answer = receive.index > index && answers.find(({ actor }) => actor === receive.actor);
      return answer && !answer.isKept ? [answer] : [];
    })[0];
    const isExpired = Number(item.expiresAt) * 1000 < (answered?.at ?? 0) + skewMs;
    if (answered === undefined || isExpired) return [];
    if ([...entries, ...notes].some((one) => one.index > index && one.at <= answered.at)) return [];
    return [{ guarantee: 'G1', what: 'an accepted copy was neither run nor noted', details: event }];
  });
}

/** Nothing is decided about an event that was not there to be read. */
function decidedAfterStored({ event, entries, stored }: Story, { history }: Stories): readonly Violation[] {
  const [first] = entries;
  // Whoever names an event by hand that is not there yet makes it fail: nobody can tell it from one whose body has expired.
  const isNamedByHand = history
    .of('sent')
    .some((sent) => sent.event === event && sent.actor === 'an operator' && sent.at <= (first?.at ?? 0));
  if (isNamedByHand) return [];
  if (!first || stored.some(({ index }) => index < first.index)) return [];
  const what = 'something was decided about an event before it was stored';
  return [{ guarantee: 'G1', what, details: `${event} was ${first.entry.state}` }];
}
