import { partsOfName, subscriberName } from '../../../functions/sources/subscribers.ts';
import { isFinalEntry, type Stories } from './stories.ts';
import type { Violation } from './violation.ts';

/** Whatever an event says it was handed on to has it: stored before that entry, and once. */
export const checkHandedOn = (stories: Stories): readonly Violation[] => [
  ...isThereAndSent(stories),
  ...replayedOnce(stories),
];

/** A replay of an event is one of each subscriber's. */
function replayedOnce({ events }: Stories): readonly Violation[] {
  return [...events.values()].flatMap(({ event, source, entries }): Violation[] => {
    const { source: from, subscriber } = partsOfName(source);
    const original =
      subscriber === undefined ? undefined : events.get(`${from}${event.slice(source.length)}`);
    if (original === undefined) return [];
    const replays = Math.max(0, ...original.entries.map(({ entry }) => entry.replay));
    const followed = entries.filter(
      ({ entry }) => entry.state === 'reopened' && entry.reason === 'its event was replayed',
    ).length;
    if (followed <= replays) return [];
    const details = `${event}: ${followed} times of ${replays}`;
    return [{ guarantee: 'G5', what: 'a replay was handed on more than once', details }];
  });
}

function isThereAndSent({ events }: Stories): readonly Violation[] {
  return [...events.values()].flatMap(({ event, source, entries }) =>
    entries.flatMap(({ entry, index }): Violation[] => {
      if (entry.state !== 'processed') return [];
      const { subscribers = [] } = (entry.result ?? {}) as { readonly subscribers?: readonly string[] };
      return subscribers.flatMap((name): Violation[] => {
        const handedOn = events.get(`${subscriberName(source, name)}${event.slice(source.length)}`);
        const isThere = handedOn?.stored.some((stored) => stored.index < index) === true;
        if (!isThere) {
          const what = 'an event says that it was handed on and its subscriber has none';
          return [{ guarantee: 'G1', what, details: `${event} to ${name}` }];
        }
        const isSent = handedOn.sent.some((sent) => sent.index < index);
        if (isSent || handedOn.entries.some((written) => isFinalEntry(written) && written.index < index))
          return [];
        const what = 'an event was handed on and its message was not in the queue';
        return [{ guarantee: 'G3', what, details: `${event} to ${name}` }];
      });
    }),
  );
}
