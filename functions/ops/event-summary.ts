import * as z from 'zod';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import { eventSchema, eventView } from './event-view.ts';

/** An event in a list: what takes no notes to know. */
export const eventSummarySchema = eventSchema
  .pick({
    source: true,
    eventId: true,
    type: true,
    lane: true,
    state: true,
    attempts: true,
    acceptedAt: true,
    changedAt: true,
    reason: true,
    nextAt: true,
    bodyBytes: true,
  })
  .extend({
    unreadable: z.boolean().optional().meta({
      description: 'An item of it cannot be read by this version: nothing else is known of it',
    }),
  })
  .meta({ description: 'An event in a list' });

export type EventSummary = z.output<typeof eventSummarySchema>;

export function eventSummary(key: EventKey, record: EventRecord): EventSummary | undefined {
  const view = eventView(key, { ...record, notes: [], more: false });
  if (view === undefined) return undefined;
  const { source, eventId, type, lane, state, attempts, acceptedAt, changedAt, reason, nextAt, bodyBytes } =
    view;
  return { source, eventId, type, lane, state, attempts, acceptedAt, changedAt, reason, nextAt, bodyBytes };
}

export function unreadableSummary(key: EventKey): EventSummary {
  const { source = '', eventId = key } = parseEventKey(key) ?? {};
  return { source, eventId, state: 'pending', attempts: 0, unreadable: true };
}
