import type { WebhookEvent } from '../api/handler.ts';
import type { StoredEvent } from '../ledger/event.ts';
import { parseBody } from '../body/parse-body.ts';
import type { Source } from '../sources/source.ts';

export type HandlerEvent =
  | { readonly kind: 'event'; readonly event: WebhookEvent }
  /** The source has changed since the event was accepted, and no longer reads its body. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A stored event as its handler sees it: parsed and checked again, since the handler belongs to today's schema. */
export async function handlerEvent(
  stored: StoredEvent,
  raw: Uint8Array,
  source: Source,
): Promise<HandlerEvent> {
  // A part of a split body is stored as the JSON it is in that body, whatever the body is; one that was not split, as it came.
  const part = source.split === undefined ? undefined : parseBody(raw, 'application/json', ['json']);
  const parsed =
    part?.kind === 'parsed' ? part : parseBody(raw, stored.headers['content-type'], source.bodyFormats);
  if (parsed.kind === 'refused') return { kind: 'unreadable', reason: parsed.cause };
  const checked = await source.schema?.safeParseAsync(parsed.body);
  if (checked?.success === false) {
    const paths = checked.error.issues.map(({ path }) => path.join('.')).slice(0, 5);
    return { kind: 'unreadable', reason: `invalid-body: ${paths.join(', ')}` };
  }
  const { eventId, type, lane, headers, acceptedAt } = stored;
  const body: unknown = checked ? checked.data : parsed.body;
  return {
    kind: 'event',
    event: { source: stored.source, eventId, type, lane, body, raw, headers, acceptedAt },
  };
}
