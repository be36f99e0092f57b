import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, parseMultipart } from '../../../functions/body/multipart.ts';
import { parseBody } from '../../../functions/body/parse-body.ts';
import { textsAt } from '../../../functions/signatures/place.ts';
import { viewOf } from '../../../functions/signatures/request-view.ts';
import { aRequest } from '../../support/a-request.ts';

const part = (disposition: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
const parse = (text: string) => parseMultipart(Buffer.from(text), 'b');

/** As the platform's own form writes itself. */
async function written(fields: readonly (readonly [string, string])[]) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append('file', new Blob(['%PDF']), 'contract.pdf');
  const request = new Request('https://hooks.example.com', { method: 'POST', body: form });
  const contentType = request.headers.get('content-type') ?? '';
  return { contentType, body: Buffer.from(await request.arrayBuffer()) };
}

describe('a multipart form', () => {
  it('is read as the platform wrote it, without its files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.stringMatching(/^[a-zü]{1,8}$/), fc.string({ unit: 'grapheme' }))),
        async (fields) => {
          // A form sends lines that end as in mail.
          const sent = fields.map(([name, value]) => [name, value.replace(/\r\n|\r|\n/g, '\r\n')] as const);
          const { contentType, body } = await written(sent);

          expect(parseMultipart(body, boundaryOf(contentType) ?? '')).toEqual(sent);
        },
      ),
    );
  });

  it.each([
    ['nothing', ''],
    ['no end', part('name="a"', '1')],
    ['no boundary', 'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--'],
    ['another boundary', part('name="a"', '1').replaceAll('--b', '--c') + '--c--'],
    ['a part without a name', `${part('nothing="a"', '1')}--b--`],
    ['a part without an end of its headers', '--b\r\nContent-Disposition: form-data; name="a"\r\n--b--'],
    ['text after a boundary', part('name="a"', '1').replace('--b', '--bx') + '--b--'],
    ['1,002 parts', `${part('name="a"', '1').repeat(1002)}--b--`],
  ])('is none with %s', (_, text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('is none with invalid UTF-8', () => {
    const text = Buffer.from(`${part('name="a"', 'X')}--b--`);
    text[text.indexOf('X')] = 0xff;

    expect(parseMultipart(text, 'b')).toBeUndefined();
  });

  it('is told by its content type', () => {
    expect(boundaryOf('multipart/form-data; boundary=AaB03x')).toBe('AaB03x');
    expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(boundaryOf('multipart/mixed; boundary=AaB03x')).toBeUndefined();
    expect(boundaryOf('multipart/form-data')).toBeUndefined();
    expect(boundaryOf(undefined)).toBeUndefined();
  });

  it('gives the JSON of a field to whoever reads the body, and to verifiers by its path', () => {
    const body = `${part('name="json"', '{"event":{"time":17}}')}--b--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const at = (place: string) => textsAt(place, viewOf(aRequest({ headers, body })));

    expect(parseBody(Buffer.from(body), headers['content-type'], ['form:json'])).toEqual({
      kind: 'parsed',
      body: { event: { time: 17 } },
      json: '{"event":{"time":17}}',
    });
    expect(at('form-field:json.event.time')).toEqual(['17']);
    expect(at('form-field:json.event.other')).toEqual([]);
    expect(at('form-field:other.event.time')).toEqual([]);
    expect(at('form-field:json')).toEqual([]);
  });
});
