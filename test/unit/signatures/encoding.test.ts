import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeStrictly } from '../../../functions/signatures/encoding.ts';

it('gives back every value that was encoded', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1 }),
      fc.constantFrom('hex', 'base64', 'base64url'),
      (bytes, encoding) => {
        const text = Buffer.from(bytes).toString(encoding);

        expect(decodeStrictly(text, encoding)).toEqual(Buffer.from(bytes));
      },
    ),
  );
});

it('accepts one spelling of a value only', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('hex', 'base64', 'base64url'),
      (text, encoding) => {
        const bytes = decodeStrictly(text, encoding);

        expect(bytes === undefined || bytes.toString(encoding) === text).toBe(true);
      },
    ),
  );
});

it.each([
  ['AA', 'base64'],
  ['AB==', 'base64'],
  ['AA==\n', 'base64'],
  ['A-_A', 'base64'],
  ['AA==', 'base64url'],
  ['abc', 'hex'],
  ['AB', 'hex'],
  ['', 'hex'],
] as const)('refuses %j as %s', (text, encoding) => {
  expect(decodeStrictly(text, encoding)).toBeUndefined();
});
