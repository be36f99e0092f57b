import { expect, it } from 'vitest';
import { mostParts, splitBody } from '../../../functions/sources/split-body.ts';
import type { Split } from '../../../functions/sources/source.ts';

function parts(json: string, split: Split | undefined) {
  const received = { body: JSON.parse(json) as unknown, raw: Buffer.from(json), headers: {}, json };
  return splitBody(received, split)?.map(({ raw, path }) => [Buffer.from(raw).toString(), path]);
}

it('is one part where the source splits nothing', () => {
  expect(parts('{"a": 1}', undefined)).toEqual([['{"a": 1}', '']]);
});

it.each<[string, string, Split]>([
  ['at a path', '{"a": {"list": [{"b": 1}, {"b": 2}]}}', 'a.list'],
  ['that is the body', '[{"b": 1}, {"b": 2}]', '.'],
  [
    'that a function returns',
    '{"one": {"b": 1}, "two": {"b": 2}}',
    (body) => Object.values(body as Record<string, unknown>),
  ],
])('names the parts of a list %s by their place', (_, json, split) => {
  const path = split === 'a.list' ? 'a.list' : 'events';

  expect(parts(json, split)).toEqual([
    ['{"b": 1}', `${path}.0`],
    ['{"b": 2}', `${path}.1`],
  ]);
});

it('is one part where a function says that this body is one event; a path that leads nowhere says nothing', () => {
  expect(parts('{"a": 1}', () => undefined)).toEqual([['{"a": 1}', '']]);
  expect(parts('{"a": 1}', 'list')).toBeUndefined();
});

it('takes 10,000 parts, and no more', () => {
  const list = (length: number) => JSON.stringify(Array.from({ length }, () => ({})));

  expect(parts(list(mostParts), '.')).toHaveLength(10_000);
  expect(parts(list(mostParts + 1), '.')).toBeUndefined();
});

it.each(['{}', '"a"', '[1]', '[null]', '[{}, "a"]'])(
  'has no parts where it should be a list of objects: %s',
  (json) => {
    expect(parts(json, '.')).toBeUndefined();
  },
);

it('has none where the function of the source throws, or makes what is no JSON', () => {
  const circular: Record<string, unknown> = {};
  circular['itself'] = circular;

  expect(
    parts('{}', () => {
      throw new Error('of the source');
    }),
  ).toBeUndefined();
  expect(parts('{}', () => [circular])).toBeUndefined();
});
