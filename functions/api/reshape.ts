import { PermanentError } from './errors.ts';
import type { WebhookEvent } from './handler.ts';

/** What a request of `forward` is to be instead; what is left out stays as it is. */
export interface Reshaped {
  /** Default `POST`. */
  readonly method?: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** Path and query, from its `/` on, in place of those of the address; the host stays. */
  readonly path?: string;
  /** Beside those of `forward`, of which these replace only `user-agent`, `content-type` and what `passHeaders` passes. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * A text or bytes are sent as they are under the content type that was received, anything else as JSON. Default: the bytes as they were received; none
   * with `GET`.
   */
  readonly body?: unknown;
}

export type Reshape<Body> = { reshape(event: WebhookEvent<Body>): Reshaped }['reshape'];

/** What `forward` sends. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

const methods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];
const parts = ['method', 'path', 'headers', 'body'];
/** They belong to the connection, and `fetch` sets them. */
const ofConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The request that an event becomes. `reshape` is the user's code: what it throws, or gives that is no request, fails the event for good, since
 * it would do the same at every attempt.
 */
export function outgoing<Body>(
  url: string,
  event: WebhookEvent<Body>,
  received: Readonly<Record<string, string>>,
  reshape: Reshape<Body> | undefined,
): Outgoing {
  const { method = 'POST', path, headers = {}, body } = reshape ? reshaped(reshape, event) : {};
  if (!methods.includes(method)) refuse(`the method must be one of ${methods.join(', ')}`);
  if (method === 'GET' && body !== undefined) refuse('a GET has no body');
  const content =
    body === undefined && method !== 'GET' ? { bytes: new Uint8Array(event.raw) } : contentOf(body);
  const all = headersOf(headers, { ...received, ...content.type });
  if (content.bytes === undefined) all.delete('content-type');
  return {
    method,
    url: path === undefined ? url : addressOf(path, url),
    headers: all,
    body: content.bytes,
  };
}

function reshaped<Body>(reshape: Reshape<Body>, event: WebhookEvent<Body>): Reshaped {
  let given: unknown;
  try {
    given = reshape(event);
  } catch (error) {
    throw new PermanentError(`\`reshape\` threw: ${textOf(error)}`, { cause: error });
  }
  if (!isPlain(given)) refuse('it must return an object, and no promise');
  const unknown = Object.keys(given).find((part) => !parts.includes(part));
  if (unknown !== undefined) refuse(`"${unknown}" is none of ${parts.join(', ')}`);
  if (given['headers'] !== undefined && !isPlain(given['headers'])) refuse('headers must be an object');
  return given;
}

function addressOf(path: unknown, url: string): string {
  if (typeof path !== 'string' || !path.startsWith('/')) refuse('the path must begin with a slash');
  const address = URL.canParse(path, url) ? new URL(path, url) : undefined;
  // `//host/` and `/\host/` are addresses of another host.
  if (address?.origin !== new URL(url).origin) refuse('the path must not lead to another host');
  return address.href;
}

function headersOf(
  given: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, string>>,
): Headers {
  const headers = new Headers(others);
  for (const [name, value] of Object.entries(given)) {
    if (ofConnection.has(name.toLowerCase())) refuse(`the header "${name}" belongs to the connection`);
    if (typeof value !== 'string') refuse(`the header "${name}" must be a text`);
    try {
      headers.set(name, value);
    } catch {
      refuse(`the header "${name}" has a name or a value that HTTP does not allow`);
    }
  }
  return headers;
}

/** Copied, as `fetch` takes no bytes that others may share. */
function contentOf(body: unknown): {
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly type?: Readonly<Record<string, string>>;
} {
  if (body === undefined) return { bytes: undefined };
  if (typeof body === 'string') return { bytes: new TextEncoder().encode(body) };
  if (body instanceof Uint8Array) return { bytes: new Uint8Array(body) };
  return { bytes: new TextEncoder().encode(jsonOf(body)), type: { 'content-type': 'application/json' } };
}

/** Undefined for what has no form in JSON, such as a function. */
const inJson = (value: unknown): string | undefined => JSON.stringify(value);

function jsonOf(body: unknown): string {
  let json: string | undefined;
  try {
    json = inJson(body);
  } catch (error) {
    refuse(`the body is no JSON: ${textOf(error)}`);
  }
  return json ?? refuse('the body is neither text, bytes nor JSON');
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'what is no error');

function refuse(why: string): never {
  throw new PermanentError(`\`reshape\` gave no request: ${why}`);
}
