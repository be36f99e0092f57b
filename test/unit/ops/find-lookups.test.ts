import { expect, it } from 'vitest';
import { findLookups } from '../../../functions/ops/find-lookups.ts';

it.each([
  ['/ops/events/acme/e1', [{ view: 'event', key: 'acme#e1' }]],
  ['/ops/events/acme/a/b', [{ view: 'event', key: 'acme#a/b' }]],
  ['/ops/events/acme/a#b', [{ view: 'event', key: 'acme#a#b' }]],
  [
    '/ops/events/acme/a/b/audit',
    [
      { view: 'audit', key: 'acme#a/b' },
      { view: 'event', key: 'acme#a/b/audit' },
    ],
  ],
  // As a gateway hands it over that does not decode.
  [
    '/ops/events/acme/a%2Fb',
    [
      { view: 'event', key: 'acme#a%2Fb' },
      { view: 'event', key: 'acme#a/b' },
    ],
  ],
  ['/ops/events/acme/100%', [{ view: 'event', key: 'acme#100%' }]],
  ['/ops/events/acme/audit', [{ view: 'event', key: 'acme#audit' }]],
  ['/ops/events/acme/', []],
  ['/ops/events/acme', []],
  ['/ops/events//e1', []],
  ['/ops/lanes/acme/e1', []],
])('reads %s', (path, lookups) => {
  expect(findLookups(path)).toEqual(lookups);
});
