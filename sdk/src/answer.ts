/** What a handler answers, and what every later copy is answered. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; several values of one name as a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

/** What a handler may return: a whole answer, or only its body. */
export type HandlerResult =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | string
  | number
  | boolean
  | null
  | object
  | undefined;

const nothing = new Uint8Array();

/**
 * A `status` with nothing but `headers` and `body` beside it makes an object a whole answer; any other value is a body with status 200,
 * and `undefined` is 204. Bytes and strings go out as they are, everything else as JSON.
 */
export function toAnswer(result: unknown): Answer {
  if (result === undefined) return { status: 204, headers: {}, body: nothing };
  if (!isWholeAnswer(result)) return withBody(200, {}, result);
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(result.headers ?? {})) headers[name.toLowerCase()] = value;
  return withBody(result.status, headers, result.body);
}

interface WholeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const answerFields = new Set(['status', 'headers', 'body']);

function isWholeAnswer(result: unknown): result is WholeAnswer {
  if (typeof result !== 'object' || result === null || !('status' in result)) return false;
  const { status } = result;
  return (
    typeof status === 'number' &&
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599 &&
    Object.keys(result).every((name) => answerFields.has(name))
  );
}

function withBody(status: number, headers: Answer['headers'], body: unknown): Answer {
  if (body === undefined) return { status, headers, body: nothing };
  const typed = (type: string) =>
    'content-type' in headers ? headers : { ...headers, 'content-type': type };
  if (body instanceof Uint8Array) return { status, headers: typed('application/octet-stream'), body };
  if (typeof body === 'string') {
    return { status, headers: typed('text/plain; charset=utf-8'), body: Buffer.from(body) };
  }
  return { status, headers: typed('application/json'), body: Buffer.from(JSON.stringify(body)) };
}

/** Statuses that ask the sender to come again. An answer with one of them is an attempt that failed, not a result to keep. */
export const asksToComeAgain = (status: number): boolean =>
  status >= 500 || status === 408 || status === 425 || status === 429;

/** Says in a stored answer that its body was larger than the limit and is not kept. */
export const bodyOmittedHeader = 'idempotent-body-omitted';

/** What is stored of an answer: its status, the headers to keep, and its body up to the limit. */
export function keep(
  answer: Answer,
  rules: { readonly keepHeaders: readonly string[]; readonly maxStoredBytes: number },
): Answer {
  const kept = Object.entries(answer.headers).filter(([name]) => rules.keepHeaders.includes(name));
  const headers = Object.fromEntries(kept);
  if (answer.body.byteLength <= rules.maxStoredBytes) return { ...answer, headers };
  return { status: answer.status, headers: { ...headers, [bodyOmittedHeader]: 'true' }, body: nothing };
}

/** The headers of a stored answer, from the text that a store keeps. */
export function readHeaders(text: string | null | undefined): Answer['headers'] {
  if (text === null || text === undefined || text === '') return {};
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return {};
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string') headers[name] = value;
    else if (Array.isArray(value)) headers[name] = value.map(String);
  }
  return headers;
}
