import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyHash,
  eachDelivery,
  joined,
  joinedWith,
  windowOf,
} from '../../../functions/sources/event-keys.ts';

const parts = fc.array(
  fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.constantFrom('a/b', 'a', 'b', '/', '%2F', '%')),
  {
    minLength: 2,
    maxLength: 4,
  },
);

describe('a key of several parts', () => {
  it('is made of texts and numbers, and of nothing else', () => {
    expect(joined('T1', 'C2', 3, 1.5)).toBe('T1/C2/3/1.5');
    for (const no of [undefined, null, '', {}, [], { id: 1 }, true, NaN, Infinity, 2 ** 53, new Date()]) {
      expect(joined('T1', no)).toBeUndefined();
      expect(joinedWith(['T1', no])).toBeUndefined();
      expect(joinedWith(['T1'], no, 'x')).toBe('T1//x');
      expect(joinedWith(['T1'], 'x', no)).toBe('T1/x');
    }
  });

  it.each([
    ['joined', (list: readonly unknown[]) => joined(...list)],
    ['joinedWith', ([first, ...others]: readonly unknown[]) => joinedWith([first], ...others)],
  ])('is another one for other parts: %s', (_, key) => {
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        fc.pre(some.length === others.length && some.some((part, at) => String(part) !== String(others[at])));

        expect(key(some)).not.toBe(key(others));
      }),
      { numRuns: 2000 },
    );
  });

  it('writes a slash inside a part as %2F, but for the last one, whose beginning is known', () => {
    expect(joined('a/b', 'c%')).toBe('a%2Fb/c%');
    expect(joined('a', 'b/c')).toBe('a/b/c');
    expect(joinedWith(['a/b'], 'c/d')).toBe('a%2Fb/c%2Fd');
    expect(joinedWith(['a'], undefined, undefined)).toBe('a');
  });

  it('does not take a part for its neighbour', () => {
    expect(joinedWith(['a'], 'b/c')).not.toBe(joinedWith(['a'], 'b', 'c'));
    expect(joinedWith(['a'], undefined, 'b')).not.toBe(joinedWith(['a'], 'b'));
  });
});

describe('the digest of the bytes', () => {
  const event = {
    body: { a: 1, attempt: 1 },
    raw: Buffer.from('{"a":1,"attempt":1}'),
    headers: { 'x-time': '1' },
    acceptedAt: new Date('2026-03-01T12:34:56.789Z'),
  };
  const later = (ms: number) => ({ ...event, acceptedAt: new Date(event.acceptedAt.getTime() + ms) });

  it('is the same for ever, unless within a window', () => {
    expect(bodyHash()(later(1e12))).toBe(bodyHash()(event));
    expect(bodyHash()({ ...event, raw: Buffer.from('{}') })).not.toBe(bodyHash()(event));
  });

  it('begins anew with each window of the clock', () => {
    const id = bodyHash({ within: 3600 });

    expect(id(event)).toBe(`${bodyHash()(event)}/2026-03-01T12:00:00.000Z`);
    expect(id(later(25 * 60_000))).toBe(id(event));
    expect(id(later(26 * 60_000))).not.toBe(id(event));
    expect(windowOf(event.acceptedAt, 7 * 24 * 3600)).toBe('2026-02-26T00:00:00.000Z');
  });

  it('is another one for each request, where so wanted', () => {
    expect(bodyHash(eachDelivery)(later(1))).not.toBe(bodyHash(eachDelivery)(event));
  });

  it('counts the headers that are named, and leaves out the members that are', () => {
    const byHeader = bodyHash({ headers: ['X-Time'] });
    const again = { ...event, body: { a: 1, attempt: 2 }, raw: Buffer.from('{"a":1,"attempt":2}') };
    const id = bodyHash({ without: ['attempt'] });

    expect(byHeader({ ...event, headers: { 'x-time': '2' } })).not.toBe(byHeader(event));
    expect(byHeader({ ...event, headers: { ...event.headers, other: '3' } })).toBe(byHeader(event));
    expect(byHeader({ ...event, headers: {} })).not.toBe(bodyHash()(event));
    expect(byHeader({ ...event, headers: {} })).toBe(byHeader({ ...event, headers: { 'x-time': '' } }));
    expect(id(again)).toBe(id(event));
    expect(id({ ...again, body: { a: 2, attempt: 1 } })).not.toBe(id(event));
    expect(id({ ...event, body: 'text' })).toBe(bodyHash()(event));
  });
});
