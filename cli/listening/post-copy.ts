import type { Arrived } from './arrivals.ts';
import type { Received } from './received.ts';

/** What became of a copy. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly ms: number }
  | { readonly kind: 'not-posted'; readonly why: string };

const timeoutMs = 30_000;

/** Posts a copy to a server of the developer's: headers and bytes as they were received, and which event it is. */
export async function postCopy(
  url: string,
  { source, eventId }: Pick<Arrived, 'source' | 'eventId'>,
  { headers, body }: Extract<Received, { kind: 'received' }>,
  ended: AbortSignal,
): Promise<Posted> {
  const begun = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        ...headers,
        'x-hooklane-source': source,
        'x-hooklane-event': encodeURIComponent(eventId.toWellFormed()),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([ended, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    return { kind: 'answered', status: response.status, ms: Math.round(performance.now() - begun) };
  } catch (error) {
    return { kind: 'not-posted', why: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // Of an address with several machines behind it, none of which answers.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && first.message !== '' ? first.message : cause.message;
}
