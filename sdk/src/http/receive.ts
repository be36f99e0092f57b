import { createHash } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { toAnswer, type Answer } from '../answer.ts';
import { createConsume, type Consume } from '../consume.ts';
import type { Delivery } from '../delivery.ts';
import { safely } from '../event-log.ts';
import { keyProblem } from '../key.ts';
import { problem } from '../problem.ts';
import { readSettings, type Settings } from '../settings.ts';
import { isSigned, readKeys } from '../signature.ts';
import { openDefaultStore } from '../default-store.ts';
import { sortableVersion } from '../version.ts';
import { valueOf, type Body } from './body.ts';
import type { Context, IdempotentOptions, Received } from './options.ts';
import { respond } from './respond.ts';

/** A request as every adapter hands it over. */
export interface HttpInput {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export type BareContext<Event, Db> = Omit<Context<Event, Db, undefined, undefined>, 'req' | 'res'>;

/** Answers one request; `undefined` if there is nobody left to answer. */
export type Receive<Event, Db> = (
  input: HttpInput,
  run: (context: BareContext<Event, Db>) => Promise<Answer>,
) => Promise<Answer | undefined>;

export const defaultMaxBodyBytes = 1024 * 1024;
export const defaultMaxAnswerBytes = 16 * 1024 * 1024;

/** What all HTTP adapters share: body, signature, key, event; then the core; then the answer. */
export function createReceive<Event, Db>(options: IdempotentOptions<Event, Db>): Receive<Event, Db> {
  let opened: Promise<{ consume: Consume<Db>; settings: Settings<Db> }> | undefined;
  const open = async () => {
    const store = options.store ?? (await openDefaultStore<Db>());
    const settings = readSettings(options, store);
    return { consume: createConsume(settings), settings };
  };
  // A mistake in the options is told at start, not with the first event.
  if (options.store !== undefined) readSettings(options, options.store);

  return async (input, run) => {
    try {
      opened ??= open();
      const { consume, settings } = await opened.catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      const read = await readDelivery(input, options);
      if (read.kind === 'aborted') return undefined;
      if (read.kind === 'refused') {
        settings.emit({ type: 'refused', key: read.key, error: new Error(read.answer.cause) });
        return read.answer.answer;
      }
      const { received, delivery } = read;
      return await settings.trace({ key: delivery.key, headers: received.headers }, async (set) => {
        const outcome = await consume(delivery, async (attempt) =>
          sendable(await run({ ...received, ...attempt, key: delivery.key })),
        );
        set('hooklane.outcome', outcome.kind);
        return respond(outcome);
      });
    } catch (error) {
      safely(options.onEvent)({ type: 'store-unavailable', key: '', error });
      return respond({ kind: 'unavailable', error });
    }
  };
}

/** A header that Node would refuse is the handler's mistake, and must be found before the commit. */
function sendable(answer: Answer): Answer {
  for (const [name, value] of Object.entries(answer.headers)) {
    validateHeaderName(name);
    for (const one of typeof value === 'string' ? [value] : value) validateHeaderValue(name, one);
  }
  return answer;
}

type Read<Event> =
  | { readonly kind: 'delivery'; readonly received: Received<Event>; readonly delivery: Delivery }
  | { readonly kind: 'refused'; readonly key: string; readonly answer: Refusal }
  | { readonly kind: 'aborted' };

interface Refusal {
  readonly cause: string;
  readonly answer: Answer;
}

async function readDelivery<Event, Db>(
  { headers, body }: HttpInput,
  options: IdempotentOptions<Event, Db>,
): Promise<Read<Event>> {
  const refuse = (
    ...[status, cause, title]: [number, Parameters<typeof problem>[1], string]
  ): Read<Event> => ({
    kind: 'refused',
    key: '',
    answer: { cause, answer: problem(status, cause, title) },
  });
  if (body.kind === 'aborted') return { kind: 'aborted' };
  if (body.kind === 'too-large') return refuse(413, 'body-too-large', 'The body is too large.');
  if (body.kind === 'consumed') {
    return refuse(500, 'body-consumed', 'The body was read before: put this handler before the body parser.');
  }
  const raw = body.kind === 'raw' ? body.bytes : undefined;
  if (options.secret !== undefined) {
    if (raw === undefined) {
      return refuse(
        500,
        'body-consumed',
        'A signature needs the bytes: put this handler before the body parser.',
      );
    }
    const rules = { toleranceSeconds: options.toleranceSeconds ?? 300, now: new Date() };
    if (!isSigned({ headers, raw }, await readKeys(options.secret), rules)) {
      return refuse(401, 'signature-invalid', 'The signature is missing or wrong.');
    }
  }

  let received: Received<Event>;
  let key: string | undefined;
  try {
    const value = body.kind === 'raw' ? valueOf(body.bytes) : body.value;
    // Without `parse` the event is what was sent: its type is the caller's claim.

    const event = options.parse === undefined ? (value as Event) : options.parse(value);
    received = { event, headers, raw };
    key =
      options.key === undefined ? defaultKey(headers, options.secret !== undefined) : options.key(received);
  } catch {
    return refuse(400, 'body-invalid', 'The body is not an event that this handler takes.');
  }
  const wrong = keyProblem(key);
  if (wrong === 'key-missing' || key === undefined) {
    return refuse(400, 'key-missing', 'There is no idempotency key.');
  }
  if (wrong !== undefined)
    return refuse(400, wrong, 'The idempotency key is empty, too long, or has control characters.');

  const hashed = raw ?? (body.kind === 'parsed' ? JSON.stringify(body.value ?? null) : '');
  try {
    const lane = options.serializeBy?.(received.event, received);
    const version = options.staleIf?.(received.event, received);
    if (lane !== undefined && keyProblem(lane) !== undefined)
      throw new TypeError('serializeBy: unusable as a lane');
    if (version !== undefined && keyProblem(version.entity) !== undefined)
      throw new TypeError('staleIf: unusable as an entity');
    const digest = createHash('sha256').update(hashed).digest('hex');
    const delivery = { key, digest, lane, version: version && sortableVersion(version) };
    return { kind: 'delivery', received, delivery };
  } catch {
    return refuse(400, 'body-invalid', 'The event has no usable lane or version.');
  }
}

function defaultKey(headers: Readonly<Record<string, string>>, isSignedKey: boolean): string | undefined {
  if (isSignedKey) return headers['webhook-id'];
  return headers['idempotency-key'] ?? headers['webhook-id'];
}

/** What a handler returned, as an answer; a `Response` is read, up to the limit. */
export async function answerOf(result: unknown, maxBytes: number): Promise<Answer> {
  if (!(result instanceof Response)) return toAnswer(result);
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of result.headers) headers[name] = value;
  const cookies = result.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of result.body ?? []) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the body of a Response must be bytes');
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: result.status, headers, body: Buffer.concat(chunks) };
}
