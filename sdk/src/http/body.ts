import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'raw'; readonly bytes: Uint8Array }
  /** A body parser was here first: the value is left, the bytes are gone. */
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'consumed' }
  | { readonly kind: 'too-large' }
  /** The sender went away in the middle. */
  | { readonly kind: 'aborted' };

/** The bytes that a framework has kept: `rawBody`, or a body that is bytes or text. */
export function keptBody(request: object): Body | undefined {
  for (const name of ['rawBody', 'body']) {
    const value: unknown = Reflect.get(request, name);
    if (value instanceof Uint8Array) return { kind: 'raw', bytes: value };
    if (typeof value === 'string') return { kind: 'raw', bytes: Buffer.from(value) };
  }
  return undefined;
}

/** The body of a Node request, whether or not somebody has read it. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const kept = keptBody(request);
  if (kept !== undefined)
    return kept.kind === 'raw' && kept.bytes.byteLength > maxBytes ? { kind: 'too-large' } : kept;
  // Express 4 leaves `{}` as the body of what its parsers did not read, so the stream is asked first.
  if (request.readableDidRead || request.readableEnded) {
    const value: unknown = Reflect.get(request, 'body');
    return value === undefined ? { kind: 'consumed' } : { kind: 'parsed', value };
  }
  if (Number(request.headers['content-length']) > maxBytes) return { kind: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return { kind: 'consumed' };
      size += chunk.byteLength;
      if (size > maxBytes) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'aborted' };
  }
  return { kind: 'raw', bytes: Buffer.concat(chunks) };
}

/** JSON where the bytes are JSON, else their text. */
export function valueOf(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
