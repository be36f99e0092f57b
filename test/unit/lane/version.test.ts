import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareVersions, normaliseVersion } from '../../../functions/lane/version.ts';

it.each([
  [0, '0'],
  [17, '17'],
  ['017', '17'],
  ['00', '0'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  [1.5, '1.5'],
  ['1531420618.000200', '1531420618.0002'],
  ['2026-03-01T12:00:00Z', '1772366400'],
  ['2026-03-01T12:00:00.000Z', '1772366400'],
  ['2026-03-01T14:00:00.120+02:00', '1772366400.12'],
  ['2026-03-01T12:00:00.123456789Z', '1772366400.123456789'],
  ['2026-03-01T12:00:00', '1772366400'],
  ['2026-03-01 12:00:00', '1772366400'],
  ['2026-03-01', '1772323200'],
  [new Date('2026-03-01T12:00:00.500Z'), '1772366400.5'],
])('normalises %j', (value, expected) => {
  expect(normaliseVersion(value)).toBe(expected);
});

it.each([
  -1,
  '-1',
  NaN,
  Infinity,
  2 ** 53,
  1e21,
  '1e9',
  ' 1',
  '',
  'v1',
  '1.2.3',
  true,
  null,
  undefined,
  [1],
  {},
  new Date(NaN),
  '2026-13-01T00:00:00Z',
  '1901-01-01T00:00:00Z',
  'Sun, 01 Mar 2026 12:00:00 GMT',
])('takes %j for no version', (value) => {
  expect(normaliseVersion(value)).toBeUndefined();
});

it('orders numbers as numbers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 28n }), fc.bigInt({ min: 0n, max: 10n ** 28n }), (a, b) => {
      const compared = compareVersions(normaliseVersion(String(a))!, normaliseVersion(String(b))!);

      expect(Math.sign(compared)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

it('orders fractions and times as such', () => {
  const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });

  fc.assert(
    fc.property(instants, instants, (a, b) => {
      const compared = compareVersions(
        normaliseVersion(new Date(a).toISOString())!,
        normaliseVersion(new Date(b))!,
      );

      expect(Math.sign(compared)).toBe(Math.sign(a - b));
    }),
  );
  expect(compareVersions('1.5', '1.25')).toBeGreaterThan(0);
  expect(compareVersions('1', '1.25')).toBeLessThan(0);
  expect(compareVersions('10.1', '9.9')).toBeGreaterThan(0);
});
