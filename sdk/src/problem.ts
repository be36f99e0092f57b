import type { Answer } from './answer.ts';

/** What refuses or postpones a delivery, as `cause` of an RFC 9457 problem. */
export type Cause =
  | 'key-missing'
  | 'key-invalid'
  | 'signature-invalid'
  | 'body-too-large'
  | 'body-consumed'
  | 'body-invalid'
  | 'key-reused'
  | 'running'
  | 'lane-busy'
  | 'handler-failed'
  | 'handler-timeout'
  | 'lease-lost'
  | 'quarantined'
  | 'store-unavailable';

export function problem(status: number, cause: Cause, title: string, retryAfterMs?: number): Answer {
  const retryAfter =
    retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) };
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...retryAfter },
    body: Buffer.from(JSON.stringify({ type: 'about:blank', title, status, cause })),
  };
}

/** The answer of a handler that threw: says nothing of the error, which may hold secrets. */
export const handlerFailed = (status: number): Answer =>
  problem(status, 'handler-failed', 'The handler failed.');

/** The answer to a copy of a key that somebody completed by hand without giving one. */
export const noAnswer: Answer = { status: 204, headers: {}, body: new Uint8Array() };
