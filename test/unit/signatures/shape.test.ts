import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShape, type Shape } from '../../../functions/signatures/shape.ts';

const shapes: readonly Shape[] = [
  { kind: 'bare' },
  { kind: 'prefix', prefix: 'sha256=' },
  { kind: 'list', separator: ',', signature: 'v1' },
  { kind: 'list', separator: ';', signature: 'h1' },
  { kind: 'words', separator: ' ', prefix: 'v1,' },
  { kind: 'first', separator: ',', name: 't' },
  { kind: 'pairs', separator: '&', between: '|' },
];

describe('readShape', () => {
  it.each<[Shape, string, { signatures: { text: string; keyName?: string }[]; named: object } | undefined]>([
    [{ kind: 'bare' }, 'abc', { signatures: [{ text: 'abc' }], named: {} }],
    [{ kind: 'prefix', prefix: 'v0=' }, 'v0=abc', { signatures: [{ text: 'abc' }], named: {} }],
    [{ kind: 'prefix', prefix: 'v0=' }, 'v1=abc', undefined],
    [
      { kind: 'list', separator: ',', signature: 'v1' },
      't=1, v1=a=,v1=b,v0=c,junk',
      { signatures: [{ text: 'a=' }, { text: 'b' }], named: { t: '1', v0: 'c' } },
    ],
    [{ kind: 'list', separator: ',', signature: 'v1' }, 't=1,v1=a,t=2', undefined],
    [
      { kind: 'list', separator: ',', signature: 'sha256', mayBeBare: true },
      ' a ,sha256=b,=c,t=1',
      { signatures: [{ text: 'a' }, { text: 'b' }], named: { '': 'c', t: '1' } },
    ],
    [
      { kind: 'list', separator: ';', signature: 'h1' },
      'ts=1;h1=a',
      { signatures: [{ text: 'a' }], named: { ts: '1' } },
    ],
    [
      { kind: 'words', separator: ' ', prefix: 'v1,' },
      'v1,a v1a,b v1,c',
      { signatures: [{ text: 'a' }, { text: 'c' }], named: {} },
    ],
    [
      { kind: 'first', separator: ',', name: 't' },
      '17,a,b',
      { signatures: [{ text: 'a' }, { text: 'b' }], named: { t: '17' } },
    ],
    [
      { kind: 'pairs', separator: '&', between: '|' },
      'one|a&two|b',
      {
        signatures: [
          { keyName: 'one', text: 'a' },
          { keyName: 'two', text: 'b' },
        ],
        named: {},
      },
    ],
  ])('reads %o', (shape, text, expected) => {
    expect(readShape(text, shape)).toEqual(expected);
  });

  it('names no part by an inherited name', () => {
    const parts = readShape('__proto__=1,constructor=2,v1=a', {
      kind: 'list',
      separator: ',',
      signature: 'v1',
    });

    expect(Object.hasOwn(parts!.named, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(parts!.named)).toBe(Object.prototype);
  });

  it('never throws, whatever a header holds', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom('t=1', 'v1=', 'v1,', ',', ';', '&', '|', '=', ' ', 'sha256=', 'a'), {
          maxLength: 40,
        })
        .map((all) => all.join('')),
    );

    fc.assert(
      fc.property(anyText, fc.constantFrom(...shapes), (text, shape) => {
        const parts = readShape(text, shape);
        expect(parts === undefined || Array.isArray(parts.signatures)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a text longer than any signature', () => {
    for (const shape of shapes) expect(readShape('v1,'.repeat(40_000), shape)).toBeUndefined();
  });
});

describe('at its edges', () => {
  const list = { kind: 'list', separator: ',', signature: 'v1' } as const;
  const pairs = { kind: 'pairs', separator: '&', between: '|' } as const;

  it('a text of 8,192 characters is read, one of more is not', () => {
    expect(readShape('a'.repeat(8192), { kind: 'bare' })?.signatures).toHaveLength(1);
    expect(readShape('a'.repeat(8193), { kind: 'bare' })).toBeUndefined();
  });

  it('spaces around keys and values of a list do not count, and a nameless value is a name too', () => {
    expect(readShape(' v1 = ab , t = 1 ', list)).toEqual({ signatures: [{ text: 'ab' }], named: { t: '1' } });
    expect(readShape('=a,v1=b', list)).toEqual({ signatures: [{ text: 'b' }], named: { '': 'a' } });
    expect(readShape('=a,=b,v1=c', list)).toBeUndefined();
  });

  it('a pair without its bar is none, and one without a name belongs to the nameless key', () => {
    expect(readShape('ab&k|cd', pairs)?.signatures).toEqual([{ keyName: 'k', text: 'cd' }]);
    expect(readShape('|cd', pairs)?.signatures).toEqual([{ keyName: '', text: 'cd' }]);
  });
});

it('reads no list of semicolons that came in two headers', () => {
  const list = { kind: 'list', separator: ';', signature: 'h1' } as const;

  expect(readShape('ts=1;h1=aa', list)).toEqual({ signatures: [{ text: 'aa' }], named: { ts: '1' } });
  expect(readShape('ts=1;h1=aa,ts=1;h1=aa', list)).toBeUndefined();
  expect(readShape('ts=1;h1=aa, x', list)).toBeUndefined();
});
