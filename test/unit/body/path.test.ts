import { expect, it } from 'vitest';
import { lookUp } from '../../../functions/body/path.ts';

it('finds own properties at any depth', () => {
  expect(lookUp({ a: [{ b: 0 }] }, 'a.0.b')).toBe(0);
  expect(lookUp({ a: null }, 'a')).toBeNull();
});

it.each(['constructor', '__proto__', 'toString', 'a.constructor', 'b.c', 'a.length.x', ''])(
  'finds nothing at %j that was not sent',
  (path) => {
    expect(lookUp({ a: {} }, path)).toBeUndefined();
  },
);
