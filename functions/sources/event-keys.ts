import { createHash } from 'node:crypto';
import type { WebhookEvent } from '../api/handler.ts';
import { isObject } from '../body/path.ts';

/** `a/b/c`, or undefined where a part is neither a text nor a number: half a key would merge what is not the same. */
export function joined(...parts: readonly unknown[]): string | undefined {
  const texts = parts.map(partOf);
  if (texts.includes(undefined)) return undefined;
  // Where the last part begins is known by the number of those before it.
  return texts.map((text, at) => (at < texts.length - 1 ? escaped(text) : text)).join('/');
}

/**
 * As `joined`, but only the first parts are needed. One that is missing before another leaves its place empty, so that no part is taken for its
 * neighbour.
 */
export function joinedWith(needed: readonly unknown[], ...optional: readonly unknown[]): string | undefined {
  const texts = needed.map(partOf);
  if (texts.includes(undefined)) return undefined;
  return [...texts, ...optional.map(partOf)].map(escaped).join('/').replace(/\/+$/, '');
}

function partOf(part: unknown): string | undefined {
  if (typeof part === 'string') return part === '' ? undefined : part;
  const isExact = Number.isSafeInteger(part) || (Number.isFinite(part) && !Number.isInteger(part));
  return isExact ? String(part) : undefined;
}

/** So that `a/b` and `c` make another key than `a` and `b/c`. */
const escaped = (part = ''): string => part.replace(/[%/]/g, encodeURIComponent);

export interface BodyHashOptions {
  /**
   * Seconds. Equal bytes count as one event only within one such window of the clock: longer than a series of retries takes, shorter than the
   * time after which the same may happen again. A retry beyond the edge of a window runs a second time. Default: for ever.
   */
  readonly within?: number;
  /** Headers that differ from one happening to the next and stay the same over retries. */
  readonly headers?: readonly string[];
  /** Members of the body that change from try to try: left out. */
  readonly without?: readonly string[];
}

/** For senders that repeat themselves byte for byte: every request is an event of its own, also when it is a retry. */
export const eachDelivery: BodyHashOptions = { within: 0.001 };

/** When the window of the clock began that a time is in. */
export function windowOf(time: Date, seconds: number): string {
  const windowMs = seconds * 1000;
  return new Date(Math.floor(time.getTime() / windowMs) * windowMs).toISOString();
}

/** The digest of the bytes, as the id of events whose sender gives them none. */
export function bodyHash({ within, headers: names = [], without }: BodyHashOptions = {}) {
  return ({ body, raw, headers, acceptedAt }: HashedEvent): string => {
    const hash = createHash('sha256').update(
      without === undefined || !isObject(body) ? raw : JSON.stringify(omit(body, without)),
    );
    for (const name of names) hash.update(`\n${headers[name.toLowerCase()] ?? ''}`);
    const digest = hash.digest('hex');
    return within === undefined ? digest : `${digest}/${windowOf(acceptedAt, within)}`;
  };
}

type HashedEvent = Pick<WebhookEvent, 'body' | 'raw' | 'headers' | 'acceptedAt'>;

const omit = (body: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
