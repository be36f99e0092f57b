import { createHash } from 'node:crypto';
import type { RejectionCause } from '../ledger/rejection.ts';
import type { IncomingEvent } from './incoming-event.ts';
import { describeField, readField, type Found } from './read-field.ts';
import type { Field, Source } from './source.ts';
import { splitBody, type Part } from './split-body.ts';
import { normaliseVersion } from './version.ts';

export interface BodyIssue {
  readonly path: string;
  readonly message: string;
}

type InvalidCause = Extract<
  RejectionCause,
  'invalid-body' | 'missing-id' | 'invalid-id' | 'invalid-type' | 'invalid-lane' | 'invalid-order'
>;

/** `events` is empty only where a source splits and its body holds none (a heartbeat). */
export type EventsOfBody =
  | { readonly kind: 'events'; readonly events: readonly IncomingEvent[] }
  | { readonly kind: 'invalid'; readonly cause: InvalidCause; readonly issues: readonly BodyIssue[] };

export interface ReceivedBody {
  readonly sourceName: string;
  readonly source: Source;
  /** As `parseBody` gave it. */
  readonly body: unknown;
  readonly raw: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptedAt: Date;
}

/** The events of a body, all of them valid, or what is wrong with the first that is not. Never throws. */
export async function readEvents(received: ReceivedBody): Promise<EventsOfBody> {
  const parts = splitBody(received, received.source.split);
  if (parts === undefined) {
    return invalid('invalid-body', splitPath(received.source), 'must be a list of at most 1,000 events');
  }
  const events: IncomingEvent[] = [];
  for (const part of parts) {
    const read = await readEvent(part, received);
    if (read.kind === 'invalid') return read;
    events.push(read.event);
  }
  return { kind: 'events', events };
}

type ReadEvent = { readonly kind: 'event'; readonly event: IncomingEvent } | Invalid;
type Invalid = Extract<EventsOfBody, { kind: 'invalid' }>;

async function readEvent(part: Part, received: ReceivedBody): Promise<ReadEvent> {
  const { sourceName, source, headers, acceptedAt } = received;
  const checked = await checkSchema(part, source);
  if (checked.kind === 'invalid') return checked;

  const draft = {
    source: sourceName,
    eventId: '',
    type: sourceName,
    lane: '',
    body: checked.body,
    raw: part.raw,
    headers,
    acceptedAt,
  };
  const complain = (cause: InvalidCause, option: string, field: Field, message: string) =>
    invalid(cause, within(part, describeField(field, option)), message);

  const foundId = readField(source.id, draft);
  if (foundId.kind === 'missing') return complain('missing-id', 'id', source.id, 'is missing');
  const eventId = asKey(foundId, longestId);
  if (eventId === undefined) {
    return complain(
      'invalid-id',
      'id',
      source.id,
      `must be a text of 1 to ${longestId} bytes or a whole number`,
    );
  }

  const type =
    source.type === undefined
      ? sourceName
      : asKey(readField(source.type, { ...draft, eventId }), longestType);
  if (type === undefined) {
    return complain('invalid-type', 'type', source.type ?? '', `must be a text of 1 to ${longestType} bytes`);
  }

  const identified = { ...draft, eventId, type };
  const lane = readLane(source.lane, identified);
  if (lane === undefined)
    return complain('invalid-lane', 'lane', source.lane ?? '', 'must be a text or a number');

  const order = readOrder(source, { ...identified, lane });
  if ('kind' in order) return complain('invalid-order', order.option, order.field, order.message);
  return { kind: 'event', event: { ...identified, lane, ...order } };
}

async function checkSchema(
  part: Part,
  { schema }: Source,
): Promise<{ readonly kind: 'valid'; readonly body: unknown } | Invalid> {
  if (schema === undefined) return { kind: 'valid', body: part.body };
  try {
    const result = await schema.safeParseAsync(part.body);
    if (result.success) return { kind: 'valid', body: result.data };
    return {
      kind: 'invalid',
      cause: 'invalid-body',
      issues: result.error.issues
        .slice(0, mostIssues)
        .map((issue) => ({ path: within(part, issue.path.map(String).join('.')), message: issue.message })),
    };
  } catch {
    return invalid('invalid-body', part.path, 'could not be checked');
  }
}

// In bytes: a sort key holds 1,024, and that of a watch item holds a time and the event's whole key.
const longestId = 512;
const longestType = 256;
const longestEntityBytes = 512;
const mostIssues = 20;

/** An id or a type: it becomes part of keys, so it must survive being written as UTF-8. */
function asKey(found: Found, longest: number): string | undefined {
  if (found.kind !== 'found') return undefined;
  const { value } = found;
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) return undefined;
  const text = String(value);
  const isKey = Buffer.byteLength(text) <= longest && text.isWellFormed() && !hasControlCharacter(text);
  return isKey ? text : undefined;
}

/** `source#entity`; an event without an entity is its own lane. Undefined where the entity is neither text nor number. */
function readLane(
  field: Field | undefined,
  event: { source: string; eventId: string } & Parameters<typeof readField>[1],
) {
  const found: Found = field === undefined ? { kind: 'missing' } : readField(field, event);
  if (found.kind === 'missing') return `${event.source}#${event.eventId}`;
  const entity = found.kind === 'found' ? asEntity(found.value) : undefined;
  return entity === undefined ? undefined : `${event.source}#${entity}`;
}

/** Any text will do: one that cannot be part of a key is replaced by its digest, which keeps its events in order all the same. */
function asEntity(value: unknown): string | undefined {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  if (typeof text === 'number') return Number.isFinite(text) ? String(text) : undefined;
  if (typeof text !== 'string') return undefined;
  const isKey =
    Buffer.byteLength(text) <= longestEntityBytes && text.isWellFormed() && !hasControlCharacter(text);
  return isKey ? text : `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`;
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

interface OrderProblem {
  readonly kind: 'problem';
  readonly option: string;
  readonly field: Field;
  readonly message: string;
}

function readOrder({ order }: Source, event: IncomingEvent): Pick<IncomingEvent, 'order'> | OrderProblem {
  if (order?.sequence === undefined && order?.version === undefined) return {};
  const { sequence: sequenceField, version: versionField } = order;
  const sequence = sequenceField === undefined ? undefined : asSequence(readField(sequenceField, event));
  if (sequenceField !== undefined && sequence === undefined) {
    return problem('order.sequence', sequenceField, 'must be a whole number from 0');
  }
  const version = versionField === undefined ? undefined : asVersion(readField(versionField, event));
  if (versionField !== undefined && version === undefined) {
    return problem('order.version', versionField, 'must be a number from 0 or a time');
  }
  return {
    order: { ...(sequence === undefined ? {} : { sequence }), ...(version === undefined ? {} : { version }) },
  };
}

function problem(option: string, field: Field, message: string): OrderProblem {
  return { kind: 'problem', option, field, message };
}

function asSequence(found: Found): number | undefined {
  if (found.kind !== 'found') return undefined;
  const { value } = found;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function asVersion(found: Found): string | undefined {
  return found.kind === 'found' ? normaliseVersion(found.value) : undefined;
}

function within(part: Part, path: string): string {
  return [part.path, path].filter((one) => one !== '').join('.');
}

function splitPath({ split }: Source): string {
  return typeof split === 'string' && split !== '.' ? split : 'events';
}

function invalid(cause: InvalidCause, path: string, message: string): Invalid {
  return { kind: 'invalid', cause, issues: [{ path, message }] };
}
