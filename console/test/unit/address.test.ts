import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventHref, href, laneHref, parsePlace } from '../../src/address.ts';

it('reads what it wrote, whatever an id is made of', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1 }), (source, id) => {
      expect(parsePlace(eventHref(source, id)).parts).toEqual(['events', source, id]);
    }),
  );
});

it('takes a lane apart at the first number sign alone', () => {
  expect(parsePlace(laneHref('shop#order#7')).parts).toEqual(['lanes', 'shop', 'order#7']);
});

it('keeps a filter in the address', () => {
  const address = href(['events'], new URLSearchParams({ state: 'failed', q: 'a&b' }));

  const { parts, query } = parsePlace(address);

  expect(parts).toEqual(['events']);
  expect(Object.fromEntries(query)).toEqual({ state: 'failed', q: 'a&b' });
});

it('takes an address that was cut off for a place that there is not', () => {
  expect(parsePlace('#/events/shop/%E').parts).toEqual(['events', 'shop', '%E']);
});
