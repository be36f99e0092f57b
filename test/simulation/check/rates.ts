import type { FactOf } from '../history.ts';
import { policiesOf, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';

const prefix = 'RATE#';

/** A source with a rate: no second has more places than that, and every attempt has one of its own. */
export function checkRates(stories: Stories): readonly Violation[] {
  const places = stories.history
    .of('written')
    .filter(({ pk, sk }) => pk.startsWith(prefix) && sk.startsWith('SECOND#'));
  return [
    ...places.flatMap((place) => notTooMany(place, stories)),
    ...[...stories.events.values()].flatMap((story) => hasItsPlace(story, places, stories)),
  ];
}

type Place = FactOf<'written'>;

function notTooMany({ pk, sk, after }: Place, stories: Stories): readonly Violation[] {
  const source = pk.slice(prefix.length);
  const most = Math.max(1, ...policiesOf(stories, source).map(({ perSecond }) => perSecond ?? Infinity));
  if (Number(after?.used) <= most) return [];
  return [
    { guarantee: 'G3', what: 'more events began in a second than its rate', details: `${source} ${sk}` },
  ];
}

/** A probe has none: there is one in a while. */
function hasItsPlace({ event, source, entries }: Story, places: readonly Place[], stories: Stories) {
  const isRated = policiesOf(stories, source).every(({ perSecond }) => perSecond !== undefined);
  if (!isRated) return [];
  return entries.flatMap(({ entry, actor, index }): Violation[] => {
    if (entry.state !== 'processing' || entry.isProbe === true) return [];
    const own = places.filter((place) => place.actor === actor).length;
    const begun = entries.filter(
      (other) => other.actor === actor && other.entry.state === 'processing' && other.index <= index,
    ).length;
    if (own >= begun) return [];
    return [{ guarantee: 'G3', what: 'an attempt began without a place of its second', details: event }];
  });
}
