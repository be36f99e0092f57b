import { eventKey } from '../../ledger/keys.ts';
import { found, problem } from '../answer.ts';
import { auditSchema, auditView } from '../audit-view.ts';
import { eventSchema, eventView } from '../event-view.ts';
import { newestThatFit } from '../newest-that-fit.ts';
import { route } from '../route.ts';

export const readEvent = route(
  {
    method: 'GET',
    path: '/ops/events/{source}/{eventId}',
    name: 'readEvent',
    tag: 'events',
    summary: 'One event, with its state',
    answer: eventSchema,
    problems: ['unknown-event'],
  },
  async ({ named: { source, eventId } }, { ledger }) => {
    const key = eventKey(source, eventId);
    const event = eventView(key, await ledger.readWithNotes(key));
    return event === undefined ? problem('unknown-event') : found(event);
  },
);

export const readAudit = route(
  {
    method: 'GET',
    path: '/ops/events/{source}/{eventId}/audit',
    name: 'readAudit',
    tag: 'events',
    summary: 'The whole story of an event, oldest first',
    answer: auditSchema,
    problems: ['unknown-event'],
  },
  async ({ named: { source, eventId } }, { ledger }) => {
    const key = eventKey(source, eventId);
    const record = await ledger.readWithNotes(key);
    if (eventView(key, record) === undefined) return problem('unknown-event');
    const story = auditView(record);
    const items = newestThatFit(story);
    return found({ items, more: record.more || items.length < story.length });
  },
);
