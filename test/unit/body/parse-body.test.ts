import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody as parse } from '../../../functions/body/parse-body.ts';
import type { BodyFormat } from '../../../functions/body/parse-body.ts';

/** Without the text that it was parsed from. */
function parseBody(...given: Parameters<typeof parse>) {
  const parsed = parse(...given);
  return parsed.kind === 'parsed' ? { kind: parsed.kind, body: parsed.body } : parsed;
}

const json = (text: string | Uint8Array, contentType: string | undefined = 'application/json') =>
  parseBody(typeof text === 'string' ? Buffer.from(text) : text, contentType, ['json']);

describe('JSON', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'APPLICATION/JSON',
    'application/cloudevents+json',
    'text/json',
    'application/x-json',
    'application/json, application/json',
    "application/json; charset='utf-8'",
    'application/json; charset=iso-8859-1',
    'application/json;charset=windows-1252',
    undefined,
    '',
  ])('is read from content type %j', (contentType) => {
    expect(json('{"a":1}', contentType ?? undefined)).toEqual({ kind: 'parsed', body: { a: 1 } });
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json; charset="utf-32"',
    'json',
  ])('is refused under content type %j', (contentType) => {
    expect(json('{"a":1}', contentType)).toEqual({ kind: 'refused', cause: 'unsupported-media-type' });
  });

  it.each([
    ['an empty body', '', 'empty-body'],
    ['a truncated body', '{"a":', 'invalid-json'],
    ['no JSON', 'hello', 'invalid-json'],
    ['white space', '  ', 'invalid-json'],
    ['two byte order marks', '\uFEFF\uFEFF{}', 'invalid-json'],
    ['two values', '{}{}', 'invalid-json'],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 'invalid-utf8'],
    ['overlong UTF-8', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22), 'invalid-utf8'],
    ['101 levels', '['.repeat(101) + ']'.repeat(101), 'body-too-deep'],
    ['a million levels', '['.repeat(1_000_000), 'body-too-deep'],
    ['a million levels of objects', '{"a":'.repeat(1_000_000), 'body-too-deep'],
  ])('refuses %s', (_, text, cause) => {
    expect(json(text)).toEqual({ kind: 'refused', cause });
  });

  it('reads 100 levels, and brackets inside strings do not count', () => {
    expect(json('['.repeat(100) + ']'.repeat(100)).kind).toBe('parsed');
    expect(json(JSON.stringify({ a: `${'['.repeat(500)}\\"${'{'.repeat(500)}` })).kind).toBe('parsed');
    expect(json(JSON.stringify(['\\', '"', '\\"']) + ' ').kind).toBe('parsed');
  });

  it.each([
    '{"__proto__":{"admin":true},"a":1}',
    '{"\\u005f\\u005fproto__":{"admin":true},"a":1}',
    '{"constructor":{"prototype":{"admin":true}},"a":1}',
  ])('drops keys that reach a prototype: %s', (text) => {
    expect(json(text)).toEqual({ kind: 'parsed', body: { a: 1 } });
  });

  it('drops them at every depth, and keeps harmless ones', () => {
    const text = '{"list":[{"__proto__":1,"b":2}],"constructor":"Ferrari","prototype":3}';

    const { body } = json(text) as { body: Record<string, unknown> };

    expect(Object.keys((body['list'] as object[])[0]!)).toEqual(['b']);
    expect(body['constructor']).toBe('Ferrari');
    expect(body['prototype']).toBe(3);
  });

  it('agrees with JSON.parse on what it parses, keys that reach a prototype aside', () => {
    const harmless = fc.json({ maxDepth: 6 }).filter((text) => !/__proto__|constructor/.test(text));

    fc.assert(
      fc.property(harmless, (text) => {
        expect(json(text)).toEqual({ kind: 'parsed', body: JSON.parse(text) as unknown });
      }),
    );
  });

  it('ignores a byte order mark, and gives the text that it parsed', () => {
    expect(parse(Buffer.from('\uFEFF {"a":1.0}'), 'application/json', ['json'])).toEqual({
      kind: 'parsed',
      body: { a: 1 },
      json: ' {"a":1.0}',
    });
  });

  it('never throws, whatever the bytes', () => {
    const formats = fc.subarray<BodyFormat>([
      'json',
      'json-as-text',
      'ndjson',
      'xml',
      'form',
      'form:payload',
    ]);
    const types = fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'text/xml',
      'application/x-ndjson',
      undefined,
    );

    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), types, formats, (raw, type, allowed) => {
        expect(['parsed', 'refused']).toContain(parseBody(raw, type, allowed).kind);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read from any content type where the source says so', () => {
    const raw = Buffer.from('{"a":1}');

    expect(parseBody(raw, 'text/plain; charset=UTF-8', ['json-as-text'])).toEqual({
      kind: 'parsed',
      body: { a: 1 },
    });
  });
});

describe('forms', () => {
  const form = (text: string, formats: readonly BodyFormat[]) =>
    parseBody(Buffer.from(text), 'application/x-www-form-urlencoded', formats);

  it('become an object, and a repeated name a list', () => {
    expect(form('a=1&b=x+y%C3%BC&a=2&c', ['form'])).toEqual({
      kind: 'parsed',
      body: { a: ['1', '2'], b: 'x yü', c: '' },
    });
  });

  it('set no prototype', () => {
    const { body } = form('__proto__=x&a=1', ['form']) as { body: object };

    expect(body).toEqual({ a: '1' });
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });

  it('hold JSON in a field where the source says so', () => {
    const field = `payload=${encodeURIComponent('{"a":"ü & =+"}')}`;

    expect(form(field, ['json', 'form:payload'])).toEqual({ kind: 'parsed', body: { a: 'ü & =+' } });
    expect(form('other=1', ['form:payload'])).toEqual({ kind: 'refused', cause: 'invalid-body' });
    expect(form('payload=%7B', ['form:payload'])).toEqual({ kind: 'refused', cause: 'invalid-json' });
  });

  it('are refused where they are none, or hold too many fields', () => {
    expect(form('a=%E0%A4%A', ['form'])).toEqual({ kind: 'refused', cause: 'invalid-body' });
    expect(form('a=%ff', ['form'])).toEqual({ kind: 'refused', cause: 'invalid-body' });
    expect(form('a=1&'.repeat(1001), ['form'])).toEqual({ kind: 'refused', cause: 'invalid-body' });
    expect(form('a=1', ['json'])).toEqual({ kind: 'refused', cause: 'unsupported-media-type' });
  });
});

describe('lines of JSON', () => {
  const lines = (text: string, contentType: string) =>
    parse(Buffer.from(text), contentType, ['json', 'ndjson']);

  it.each(['application/x-ndjson', 'application/jsonl', 'application/json-lines', 'application/json'])(
    'are a list, under content type %s',
    (contentType) => {
      expect(lines('{"a":1.0}\r\n\n{"a":2}\n', contentType)).toEqual({
        kind: 'parsed',
        body: [{ a: 1 }, { a: 2 }],
        json: '[{"a":1.0}\r,{"a":2}]',
      });
    },
  );

  it('are refused where a line is none, also if all of them would make a list', () => {
    expect(lines('{"a":1', 'application/x-ndjson')).toEqual({ kind: 'refused', cause: 'invalid-json' });
    expect(lines('{"a":1\n"b":2}', 'application/x-ndjson')).toMatchObject({ kind: 'refused' });
    expect(lines('1,2\n3', 'application/x-ndjson')).toMatchObject({ kind: 'refused' });
  });

  it('leave JSON over several lines what it is', () => {
    expect(lines('{\n"a":1\n}', 'application/json')).toMatchObject({ body: { a: 1 } });
  });

  it('are refused by a source that does not take them', () => {
    expect(parse(Buffer.from('{}\n{}'), 'application/json', ['json'])).toMatchObject({
      cause: 'invalid-json',
    });
    expect(parse(Buffer.from('{}'), 'application/x-ndjson', ['json'])).toMatchObject({
      cause: 'unsupported-media-type',
    });
  });
});

describe('XML', () => {
  const xml = (raw: Uint8Array, contentType = 'text/xml; charset=utf-8') => parse(raw, contentType, ['xml']);

  it.each(['text/xml', 'application/xml', 'application/soap+xml'])('is its text, under %s', (contentType) => {
    expect(xml(Buffer.from('<a>ü</a>'), contentType)).toEqual({ kind: 'parsed', body: { xml: '<a>ü</a>' } });
  });

  it('is refused where it is no UTF-8, or no XML was asked for', () => {
    expect(xml(Uint8Array.of(0x3c, 0xff))).toEqual({ kind: 'refused', cause: 'invalid-utf8' });
    expect(xml(Buffer.from('<a/>'), 'application/json')).toMatchObject({ cause: 'unsupported-media-type' });
  });
});
