import type { Source } from '../api/wire.ts';

type Newest = NonNullable<Source['unfinished']>[number];

const looksBack: Readonly<Record<Newest, string>> = {
  lastEvent: '30 days',
  lastRefusal: 'seven days',
  lastHandshake: 'seven days',
};

/** There is none in so long; or there may be one, which was not found in the time that a page takes. */
export const noneSince = (what: Newest, unfinished: Source['unfinished'] = []): string =>
  unfinished.includes(what) ? 'not found in time' : `none in ${looksBack[what]}`;
