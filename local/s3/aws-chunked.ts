/** What an SDK sent in `aws-chunked` coding: the content, and the trailer that carries its checksum. */
interface Dechunked {
  readonly content: Buffer;
  /** Names in lower case. */
  readonly trailer: Readonly<Record<string, string>>;
}

/** Decodes `size[;extension] CRLF data CRLF … 0 CRLF trailer CRLF`. Undefined for what is not of that form. */
export function decodeAwsChunked(body: Buffer): Dechunked | undefined {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at, 'latin1');
    if (lineEnd < 0) return undefined;
    const [size = ''] = body.toString('latin1', at, lineEnd).split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(size)) return undefined;
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end === start) return { content: Buffer.concat(pieces), trailer: readTrailer(body.subarray(start)) };
    if (body.toString('latin1', end, end + 2) !== '\r\n') return undefined;
    pieces.push(body.subarray(start, end));
    at = end + 2;
  }
}

function readTrailer(rest: Buffer): Record<string, string> {
  const lines = rest.toString('latin1').split('\r\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}
