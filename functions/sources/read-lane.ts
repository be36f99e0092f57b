import type { IncomingEvent } from './incoming-event.ts';
import { asText } from './key-text.ts';
import { readField, type Found } from './read-field.ts';
import type { Field } from './source.ts';

/** In bytes. */
const longestEntity = 512;

/** Of an event that belongs to no entity. */
export const ownLane = ({ source, eventId }: { source: string; eventId: string }) => `${source}#${eventId}`;

/** `source#entity`; an event without an entity is its own lane. Undefined where the entity is neither text nor number. */
export function readLane(field: Field | undefined, event: IncomingEvent): string | undefined {
  const found: Found = field === undefined ? { kind: 'missing' } : readField(field, event);
  if (found.kind === 'missing') return ownLane(event);
  const entity = found.kind === 'found' ? asEntity(found.value) : undefined;
  return entity && `${event.source}#${entity}`;
}

/** Any text will do: one that cannot be part of a key is replaced by its digest, which keeps its events in order all the same. */
function asEntity(value: unknown): string | undefined {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  if (typeof text === 'number') return Number.isFinite(text) ? String(text) : undefined;
  return typeof text === 'string' ? asText(text, longestEntity) : undefined;
}
