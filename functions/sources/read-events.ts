import type { IncomingEvent } from './incoming-event.ts';
import { isObject } from '../body/path.ts';
import { asText, isKey } from './key-text.ts';
import { describeField, readField, type Found } from './read-field.ts';
import { ownLane, readLane } from './read-lane.ts';
import { readOrder } from './read-order.ts';
import type { Field, Source } from './source.ts';
import { mostParts, splitBody, type Part } from './split-body.ts';

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

function within(part: Part, path: string): string {
  return [part.path, path].filter((one) => one !== '').join('.');
}

function splitPath({ split }: Source): string {
  return typeof split === 'string' && split !== '.' ? split : 'events';
}

function invalid(cause: EventCause, path: string, message: string): Invalid {
  return { kind: 'invalid', cause, issues: [{ path, message }] };
}
