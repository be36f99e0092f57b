/** Far more than any sender uses. */
const mostParts = 1000;

/** The boundary of a `multipart/form-data` body; undefined for every other content type. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!/^\s*multipart\/form-data\s*;/i.test(contentType ?? '')) return undefined;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}

/** Names and values of the text fields of a multipart form (RFC 7578), in their order, files left out; undefined where it is none. */
export function parseMultipart(
  raw: Uint8Array,
  boundary: string,
): readonly (readonly [string, string])[] | undefined {
  const body = Buffer.concat([Buffer.from('\r\n'), raw]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const fields: [string, string][] = [];
  let at = body.subarray(0, delimiter.length).equals(delimiter) ? 0 : -1;
  for (let parts = 0; at >= 0 && parts <= mostParts; parts++) {
    const start = at + delimiter.length;
    const mark = body.toString('latin1', start, start + 2);
    if (mark === '--') return fields;
    const end = body.indexOf(delimiter, start);
    if (mark !== '\r\n' || end < 0) return undefined;
    const part = readPart(body.subarray(start + 2, end));
    if (part === undefined) return undefined;
    if (part !== 'file') fields.push(part);
    at = end;
  }
  return undefined;
}

function readPart(part: Buffer): [name: string, value: string] | 'file' | undefined {
  const blank = part.indexOf('\r\n\r\n');
  if (blank < 0) return undefined;
  const disposition = /^content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)$/im.exec(
    part.toString('latin1', 0, blank),
  )?.[1];
  const name = /;[ \t]*name="([^"]*)"/i.exec(disposition ?? '')?.[1];
  if (disposition === undefined || name === undefined) return undefined;
  if (/;[ \t]*filename\*?=/i.test(disposition)) return 'file';
  try {
    const value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part.subarray(blank + 4));
    return [Buffer.from(name, 'latin1').toString('utf8'), value];
  } catch {
    return undefined;
  }
}
