import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader } from 'node:http';
import type { Answer } from '../answer.ts';

/** A response that a handler writes to as to a real one. Nothing is sent: the answer may leave only after it is committed. */
export interface Recording<Res extends ServerResponse> {
  readonly res: Res;
  /** Whether the handler has begun to write. */
  isStarted(): boolean;
  /** Resolves when the handler ends the response. */
  readonly ended: Promise<void>;
  answer(): Answer;
}

/** Headers that belong to one connection, or that sending sets anew. */
const perConnection = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date']);

export function recordResponse<Res extends ServerResponse>(
  req: IncomingMessage,
  real: Res,
  maxBytes: number,
): Recording<Res> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isStarted = false;
  let isEnded = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));

  const res = asReal(new ServerResponse(req), real);

  const start = () => {
    if (isStarted) return;
    isStarted = true;
    // What Node looks at: from now on headersSent is true and setHeader throws, as with a response that is on its way.
    Reflect.set(res, '_header', `HTTP/1.1 ${res.statusCode}\r\n\r\n`);
  };
  const add = (chunk: unknown, encoding: unknown) => {
    const bytes = bytesOf(chunk, encoding);
    size += bytes.byteLength;
    if (size > maxBytes) throw new RangeError(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(bytes);
  };
  const done = (callbacks: readonly unknown[]) => {
    for (const callback of callbacks) if (typeof callback === 'function') process.nextTick(callback);
  };

  const methods = {
    writeHead(status: number, ...rest: unknown[]) {
      if (isStarted) throw headersSent();
      res.statusCode = status;
      if (typeof rest[0] === 'string') res.statusMessage = rest[0];
      for (const [name, value] of headerPairs(rest.at(-1))) res.setHeader(name, value);
      start();
      return res;
    },
    flushHeaders: start,
    write(chunk: unknown, ...rest: unknown[]) {
      if (isEnded) throw Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
      start();
      add(chunk, rest[0]);
      done(rest);
      return true;
    },
    end(...given: unknown[]) {
      if (isEnded) {
        done(given);
        return res;
      }
      start();
      const [chunk, encoding] = given;
      if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') add(chunk, encoding);
      isEnded = true;
      Reflect.set(res, 'finished', true);
      done(given);
      // `stream.pipeline` and `on-finished` wait for these.
      process.nextTick(() => {
        res.emit('prefinish');
        res.emit('finish');
        res.emit('close');
        end();
      });
      return res;
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(res, name, { value: method, writable: true, configurable: true });
  }

  return {
    res,
    isStarted: () => isStarted,
    ended,
    answer() {
      const headers: Record<string, string | readonly string[]> = {};
      for (const [name, value] of Object.entries(res.getHeaders())) {
        if (value === undefined || perConnection.has(name)) continue;
        headers[name] = Array.isArray(value) ? value.map(String) : String(value);
      }
      return { status: res.statusCode, headers, body: Buffer.concat(chunks) };
    },
  };
}

/** A framework's response is a Node response with another prototype and some fields (`locals`, `req`): this one gets the same. */
function asReal<Res extends ServerResponse>(recorded: ServerResponse, real: Res): Res {
  Object.setPrototypeOf(recorded, Reflect.getPrototypeOf(real));
  for (const name of Object.keys(real)) {
    // What middleware has wrapped on the real response (compression, sessions) takes effect when the answer is sent.
    if (!(name in recorded) && typeof Reflect.get(real, name) !== 'function') {
      Reflect.set(recorded, name, Reflect.get(real, name));
    }
  }
  for (const [name, value] of Object.entries(real.getHeaders())) {
    if (value !== undefined) recorded.setHeader(name, value);
  }
  recorded.statusCode = real.statusCode;
  // It has the prototype and the fields of the real one now.

  return recorded as Res;
}

function bytesOf(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === 'string') {
    return Buffer.from(
      chunk,
      typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8',
    );
  }
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  throw new TypeError('a response takes strings and bytes');
}

function* headerPairs(headers: unknown): Generator<[string, OutgoingHttpHeader]> {
  if (typeof headers !== 'object' || headers === null) return;
  const pairs: [unknown, unknown][] = Array.isArray(headers)
    ? Array.isArray(headers[0])
      ? headers.map((pair: unknown) => (Array.isArray(pair) ? [pair[0], pair[1]] : [undefined, undefined]))
      : headers.flatMap((name: unknown, n) =>
          n % 2 === 0 ? [[name, headers[n + 1]] satisfies [unknown, unknown]] : [],
        )
    : Object.entries(headers);
  for (const [name, value] of pairs) {
    if (typeof name !== 'string' || value === undefined || value === null) continue;
    const plain = typeof value === 'number' ? value : text(value);
    yield [name, Array.isArray(value) ? value.map(text) : plain];
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const headersSent = () =>
  Object.assign(new Error('Cannot write headers after they are sent to the client'), {
    code: 'ERR_HTTP_HEADERS_SENT',
  });
