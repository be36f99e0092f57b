import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../../functions/body/path.ts';
import { rawWriter } from '../../../functions/sources/raw-parts.ts';

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const digits = fc.stringMatching(/^[1-9][0-9]{0,40}$/);
const numbers = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), digits),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{1,30}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?[0-9]{1,4}$/)),
  )
  .map((parts) => parts.join(''));
const escapes = fc.constantFrom(
  '\\"',
  '\\\\',
  '\\/',
  '\\b',
  '\\n',
  '\\u0000',
  '\\ud83e\\uDE9D',
  '\\u005b',
  '{',
  '}]',
  ',',
  'ü',
  '🪝',
);
const texts = fc
  .array(
    fc.oneof(
      escapes,
      fc.string({ unit: 'grapheme', maxLength: 4 }).map((text) => JSON.stringify(text).slice(1, -1)),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);
/** Some names come twice, and some are those that a prototype has. */
const names = fc.oneof(texts, fc.constantFrom('"a"', '"\\u0061"', '"__proto__"', '"constructor"', '""'));

/** The text of a JSON value, with white space wherever it may be. */
const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', 'null'),
    numbers,
    texts,
    tie('list'),
    tie('object'),
  ),
  list: fc
    .tuple(
      space,
      fc.array(
        fc.tuple(space, tie('value'), space).map((parts) => parts.join('')),
        { maxLength: 4 },
      ),
    )
    .map(([blank, items]) => `[${items.length === 0 ? blank : items.join(',')}]`),
  object: fc
    .tuple(
      space,
      fc.array(
        fc
          .tuple(space, names, space, space, tie('value'), space)
          .map(([a, name, b, c, inner, d]) => `${a}${name}${b}:${c}${inner}${d}`),
        { maxLength: 4 },
      ),
    )
    .map(([blank, members]) => `{${members.length === 0 ? blank : members.join(',')}}`),
}));
const events = fc.array(
  fc.tuple(space, value, space).map(([before, text, after]) => ({ before, text, after })),
  { maxLength: 5 },
);

describe('a part of a body', () => {
  it('has the bytes of the input, whatever they are, in 10,000 random bodies', () => {
    const body = fc.tuple(space, names, events, value);

    fc.assert(
      fc.property(body, ([blank, name, parts, other]) => {
        const list = `[${parts.map(({ before, text, after }) => before + text + after).join(',')}]`;
        const json = `${blank}{${name}:${other} ,"events"${blank}:${list}}`;
        const parsed = JSON.parse(json) as { events: unknown[] };

        const write = rawWriter(json, parsed);

        expect(write(parsed.events)).toBe(list);
        parsed.events.forEach((part, at) => {
          if (isObject(part)) expect(write(part)).toBe(parts[at]?.text);
        });
      }),
      { numRuns: 10_000 },
    );
  });

  it('means what JSON.parse makes of it, at every depth', () => {
    const everyObject = (one: unknown): readonly object[] =>
      isObject(one) ? [one, ...Object.values(one).flatMap(everyObject)] : [];

    fc.assert(
      fc.property(value, (json) => {
        const parsed: unknown = JSON.parse(json);
        const write = rawWriter(json, parsed);

        for (const part of everyObject(parsed)) expect(JSON.parse(write(part))).toEqual(part);
      }),
      { numRuns: 2000 },
    );
  });

  it('that is put together anew is written around the bytes it holds, numbers with the digits they had', () => {
    const json = '{"id": 12345678901234567890, "x":{"y" : 1.50}, "list":[{"z":1e400}], "n": 2.0}';
    const body = JSON.parse(json) as { id: number; x: object; list: object[]; n: number };

    const part = { ...body, list: [body.list[0], undefined], more: { id: body.id, of: 'ü', n: undefined } };

    expect(rawWriter(json, body)(part)).toBe(
      '{"id":12345678901234567890,"x":{"y" : 1.50},"list":[{"z":1e400},null],"n":2.0,"more":{"id":12345678901234567890,"of":"ü"}}',
    );
  });

  it('that was never in the body is its own JSON', () => {
    const write = rawWriter('{"a":1}', { a: 1 });

    expect(write({ at: new Date(0), b: [1, 'x', null], a: 7 })).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","b":[1,"x",null],"a":7}',
    );
  });

  it('is cut out of a large body within a second', () => {
    const text = '{"id":12345678901234567890,"text":"a\\\\\\"b","list":[1.0,2,3]}';
    const json = `[${Array.from({ length: 70_000 }, () => text).join(', ')}]`;
    const body = JSON.parse(json) as object[];

    const write = rawWriter(json, body);

    expect(json.length).toBeGreaterThan(4_000_000);
    expect(body.every((part) => write(part) === text)).toBe(true);
  });
});

it('keeps the digits of numbers that stand in a list without a name', () => {
  const text = '[12345678901234567890, 1e400]';
  const body = JSON.parse(text) as number[];

  expect(rawWriter(text, body)([body[0], body[1]])).toBe('[12345678901234567890,1e400]');
});
