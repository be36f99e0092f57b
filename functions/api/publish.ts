import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { retryAfterSeconds } from './forward.ts';
import { signForIam, type IamOptions } from './sign-for-iam.ts';

export interface PublishOptions extends IamOptions {
  /** The address of the API: an output of the stack, or where the local cloud listens (http: nothing is signed there). */
  readonly url: string;
  /** Name of a source that is verified by `awsIam()`. */
  readonly source: string;
  /** Sent as JSON. Without an `id` it gets a UUID, once: all tries are one event. */
  readonly event: { readonly id?: string; readonly [field: string]: unknown };
  /** Default 6: some ten seconds with a gateway that is away and names no time. */
  readonly attempts?: number;
  /** Of one attempt (default 10,000). */
  readonly timeoutMs?: number;
}

export interface Published {
  readonly eventId: string;
  /** It was there already, from an earlier try or an earlier call under its id. */
  readonly isDuplicate: boolean;
}

/** `isRefused`: no retry helps. Else the event may be stored all the same: publish it again under its id. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly eventId: string;
  readonly isRefused: boolean;

  constructor(message: string, { eventId, isRefused }: Pick<PublishError, 'eventId' | 'isRefused'>) {
    super(message);
    this.eventId = eventId;
    this.isRefused = isRefused;
  }
}

export interface PublishDependencies {
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => Date;
  readonly random: () => number;
}

const real: PublishDependencies = {
  fetch: (...request) => globalThis.fetch(...request),
  sleep: wait,
  now: () => new Date(),
  random: Math.random,
};

/**
 * Posts an event of an own service to `/events/<source>`, signed for IAM (SigV4). Resolves when it is stored and queued. 408, 429, 5xx and network
 * errors are tried again, each time signed anew: after `Retry-After`, at most a minute, else an exponential delay with full jitter.
 * @throws {PublishError}
 */
export async function publish(options: PublishOptions, deps: PublishDependencies = real): Promise<Published> {
  const { source, event, attempts = 6 } = options;
  const eventId = event.id ?? randomUUID();
  const body = JSON.stringify({ ...event, id: eventId });
  for (let attempt = 1; ; attempt++) {
    const tried = await tryToSend(body, options, deps);
    if (tried.kind === 'taken') return { eventId: tried.eventId ?? eventId, isDuplicate: tried.isDuplicate };
    const isRefused = tried.kind === 'refused';
    if (isRefused || attempt >= attempts) {
      throw new PublishError(`the event is not taken by ${source}: ${tried.reason}`, { eventId, isRefused });
    }
    await deps.sleep(tried.afterMs ?? delayMs(attempt, deps.random));
  }
}

type Tried =
  | { readonly kind: 'taken'; readonly eventId: string | undefined; readonly isDuplicate: boolean }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'away'; readonly reason: string; readonly afterMs?: number };

async function tryToSend(
  body: string,
  { url, source, timeoutMs = 10_000, ...iam }: PublishOptions,
  { fetch, now }: PublishDependencies,
): Promise<Tried> {
  const address = new URL(`/events/${source}`, url);
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const headers = await signForIam(address, request, iam, now());
  try {
    const response = await fetch(address, {
      ...request,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return judge(response, await response.text(), now());
  } catch (error) {
    return { kind: 'away', reason: String(error) };
  }
}

const longestWaitSeconds = 60;

function judge({ ok, status, headers }: Response, text: string, now: Date): Tried {
  const answer = parsed(text);
  const isDuplicate = answer['status'] === 'duplicate';
  if (ok || (status === 409 && isDuplicate)) {
    return { kind: 'taken', eventId: textOf(answer['eventId']), isDuplicate };
  }
  const reason = `${status} ${textOf(answer['detail']) ?? textOf(answer['message']) ?? ''}`.trim();
  if (status < 500 && status !== 429 && status !== 408) return { kind: 'refused', reason };
  const seconds = retryAfterSeconds(headers.get('retry-after'), now);
  return {
    kind: 'away',
    reason,
    ...(seconds === undefined ? {} : { afterMs: Math.min(seconds, longestWaitSeconds) * 1000 }),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A source may answer in its own words, and a proxy in no JSON at all. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Full jitter over 0.5, 1, 2, … seconds, at most 20. */
const delayMs = (attempt: number, random: () => number): number =>
  random() * Math.min(500 * 2 ** (attempt - 1), 20_000);
