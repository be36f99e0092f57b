import { createHash } from 'node:crypto';
import type { IncomingEvent } from './incoming-event.ts';
import { isObject } from '../body/path.ts';
import { describeField, readField, type Found } from './read-field.ts';
import type { Field, Source } from './source.ts';
import { mostParts, splitBody, type Part } from './split-body.ts';
import { normaliseVersion } from '../lane/version.ts';

export interface BodyIssue {
  readonly path: string;
  readonly message: string;
}

/** Why a body that can be read holds something that is no event. */
export type EventCause = 'invalid-body' | 'missing-id' | 'invalid-id' | 'invalid-order';

/** `events` is empty only where a source splits and its body holds none (a heartbeat). */
export type EventsOfBody =
  | { readonly kind: 'events'; readonly events: readonly IncomingEvent[] }
  | { readonly kind: 'invalid'; readonly cause: EventCause; readonly issues: readonly BodyIssue[] };

export interface ReceivedBody {
  readonly sourceName: string;
  readonly source: Source;
  /** As `parseBody` gave it. */
  readonly body: unknown;
  readonly json?: string | undefined;
  readonly raw: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptedAt: Date;
  /** See `IncomingEvent`. */
  readonly sender?: string | undefined;
}

/** The events of a body, all of them valid, or what is wrong with the first that is not. Never throws. */
export async function readEvents(received: ReceivedBody): Promise<EventsOfBody> {
  const parts = splitBody(received, received.source.split);
  if (parts === undefined) {
    return invalid('invalid-body', splitPath(received.source), mustBeList);
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
  const { sourceName, source, headers, acceptedAt, sender } = received;
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
    ...(sender === undefined ? {} : { sender }),
  };
  const complain = (cause: EventCause, option: string, field: Field, message: string) =>
    invalid(cause, within(part, describeField(field, option)), message);

  const eventId = readId(source, draft);
  if (typeof eventId !== 'string') {
    return complain(
      eventId.kind === 'missing' ? 'missing-id' : 'invalid-id',
      'id',
      source.id,
      eventId.kind === 'missing' ? 'is missing' : 'must be a text or a whole number',
    );
  }

  const foundType: Found =
    source.type === undefined
      ? { kind: 'found', value: sourceName }
      : readField(source.type, { ...draft, eventId });
  const type = asKey(foundType, longestType);
  const identified = { ...draft, eventId, type: type ?? sourceName };
  const lane = readLane(source.lane, identified);
  const ordered = readOrder(source, { ...identified, lane: lane ?? ownLane(identified) });
  if ('kind' in ordered) return complain('invalid-order', ordered.option, ordered.field, ordered.message);

  const { order, lacksVersion } = ordered;
  const lacks = [
    ...(type === undefined ? (['type'] as const) : []),
    ...(lane === undefined ? (['lane'] as const) : []),
    ...(lacksVersion ? (['version'] as const) : []),
  ];
  return {
    kind: 'event',
    event: {
      ...identified,
      lane: lane ?? ownLane(identified),
      ...(order === undefined ? {} : { order }),
      ...(lacks.length === 0 ? {} : { lacks }),
    },
  };
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
const mustBeList = `must be a list of at most ${mostParts.toLocaleString('en')} events`;

/** What has no id where the source looks for it has the other one, as long as it is an object: nothing else is an event. */
function readId(source: Source, event: IncomingEvent): string | Exclude<Found, { kind: 'found' }> {
  const found = readField(source.id, event);
  const own = asId(found);
  if (own !== undefined) return own;
  const other =
    source.idOtherwise !== undefined && isObject(event.body) && readField(source.idOtherwise, event);
  return (other && asId(other)) || (found.kind === 'missing' ? found : { kind: 'failed' });
}

/** Any text will do for an id, as it does for an entity. */
function asId(found: Found): string | undefined {
  if (found.kind !== 'found') return undefined;
  const { value } = found;
  if (typeof value === 'string') return asText(value, longestId);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A type: handlers are chosen by it, so that its digest would be of no use. */
function asKey(found: Found, longest: number): string | undefined {
  if (found.kind !== 'found') return undefined;
  const { value } = found;
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) return undefined;
  return isKey(String(value), longest) ? String(value) : undefined;
}

/** It becomes part of keys, so it must survive being written as UTF-8. */
function isKey(text: string, longest: number): boolean {
  return Buffer.byteLength(text) <= longest && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

const ownLane = ({ source, eventId }: { source: string; eventId: string }) => `${source}#${eventId}`;

/** `source#entity`; an event without an entity is its own lane. Undefined where the entity is neither text nor number. */
function readLane(field: Field | undefined, event: IncomingEvent): string | undefined {
  const found: Found = field === undefined ? { kind: 'missing' } : readField(field, event);
  if (found.kind === 'missing') return ownLane(event);
  const entity = found.kind === 'found' ? asEntity(found.value) : undefined;
  return entity && `${event.source}#${entity}`;
}

/** Any text will do: one that cannot be part of a key is replaced by its digest, which keeps its events in order all the same. */
function asEntity(value: unknown): string | undefined {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  if (typeof text === 'number') return Number.isFinite(text) ? String(text) : undefined;
  return typeof text === 'string' ? asText(text, longestEntityBytes) : undefined;
}

function asText(text: string, longest: number): string {
  if (isKey(text, longest)) return text;
  return `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`;
}

interface OrderProblem {
  readonly kind: 'problem';
  readonly option: string;
  readonly field: Field;
  readonly message: string;
}

interface ReadOrder extends Pick<IncomingEvent, 'order'> {
  readonly lacksVersion: boolean;
}

/** A number of a sequence is needed: without it no event after this one could be told from a gap. A version is not. */
function readOrder({ order }: Source, event: IncomingEvent): ReadOrder | OrderProblem {
  const { sequence: sequenceField, version: versionField } = order ?? {};
  const sequence = sequenceField === undefined ? undefined : asSequence(readField(sequenceField, event));
  if (sequenceField !== undefined && sequence === undefined) {
    return problem('order.sequence', sequenceField, 'must be a whole number from 0');
  }
  const version = versionField === undefined ? undefined : asVersion(readField(versionField, event));
  const lacksVersion = versionField !== undefined && version === undefined;
  if (sequence === undefined && version === undefined) return { lacksVersion };
  return {
    order: { ...(sequence === undefined ? {} : { sequence }), ...(version === undefined ? {} : { version }) },
    lacksVersion,
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

function invalid(cause: EventCause, path: string, message: string): Invalid {
  return { kind: 'invalid', cause, issues: [{ path, message }] };
}
