import { describe, expect, it } from 'vitest';
import { placeProblem, textsAt } from '../../../functions/signatures/place.ts';
import { viewOf } from '../../../functions/signatures/request-view.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../../support/a-request.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const at = (from: string, request: Partial<VerifiableRequest>, parts?: Readonly<Record<string, string>>) =>
  textsAt(from, viewOf(aRequest(request)), parts);

describe('a place', () => {
  it.each<[string, Partial<VerifiableRequest>]>([
    ['header:X-Key', { headers: { 'x-key': 'found' } }],
    ['header:a:b', { headers: { 'a:b': 'found' } }],
    ['field:a.b', { body: Buffer.from('{"a":{"b":"found"}}') }],
    ['form:a', { headers: form, body: Buffer.from('a=found&b=1') }],
    ['form-field:a.b', { headers: form, body: Buffer.from('a={"b":"found"}') }],
    ['query:a', { rawQuery: 'b=1&a=found' }],
  ])('%s says where a text stands', (from, request) => {
    expect(at(from, request)).toEqual(['found']);
    expect(at(from, {})).toEqual([]);
    expect(placeProblem(from)).toBeUndefined();
  });

  it('may be a part of the signature, of its own parts alone', () => {
    expect(at('signature:t', {}, { t: '1' })).toEqual(['1']);
    expect(at('signature:toString', {}, { t: '1' })).toEqual([]);
    expect(at('signature:t', {})).toEqual([]);
    expect(placeProblem('signature:t')).toBeUndefined();
  });

  it('may be a field of a multipart form', () => {
    const body = Buffer.from('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nfound\r\n--b--\r\n');

    expect(at('form:a', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body })).toEqual([
      'found',
    ]);
  });

  it('is empty where an empty text stands, where a field comes twice, and where there is no form', () => {
    expect(at('header:x', { headers: { x: '' } })).toEqual([]);
    expect(at('form:a', { headers: form, body: Buffer.from('a=1&a=1') })).toEqual([]);
    expect(at('form:a', { headers: form, body: Buffer.from('%') })).toEqual([]);
  });

  it.each(['', ':', 'header', 'header:', 'headerx', 'Header:x', ' header:x', 'cookie:x', 'toString:x'])(
    'is not %j, where nothing is found',
    (from) => {
      expect(placeProblem(from)).toBe(
        `"${from}" is no place: use header:, headers:, field:, form:, form-field:, query:, signature: and a name`,
      );
      expect(at(from, { headers: { x: '1', header: '1' } })).toEqual([]);
    },
  );
});

describe('numbered headers', () => {
  it('are all found, their numbers of one to three digits and nothing else behind the prefix', () => {
    const headers = {
      'x-sig-1': 'a',
      'x-sig-22': 'b',
      'x-sig-333': 'c',
      'x-sig-4444': 'too long',
      'x-sig-': 'no number',
      'x-sig-1a': 'more than a number',
      'x-sig-a1': 'more than a number',
      'y-x-sig-1': 'another prefix',
      '1234567': 'no prefix',
    };

    expect(at('headers:X-Sig-', { headers })).toEqual(['a', 'b', 'c']);
  });

  it('are read up to a hundred', () => {
    const named = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-sig-${index}`, String(index)]));

    expect(at('headers:x-sig-', { headers: named(100) })).toHaveLength(100);
    expect(at('headers:x-sig-', { headers: named(101) })).toHaveLength(100);
  });
});
