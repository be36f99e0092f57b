import { eventKey } from '../../ledger/keys.ts';
import { found, problem } from '../answer.ts';
import { auditSchema, auditView } from '../audit-view.ts';
import { eventSchema, eventView } from '../event-view.ts';
import { newestThatFit } from '../newest-that-fit.ts';
import { subscriberStates } from '../subscriber-states.ts';
import { route } from '../route.ts';

export const readEvent = route(
  {
    method: 'GET',
    path: '/ops/events/{source}/{eventId}',
    name: 'readEvent',
    tag: 'events',
    takesSubscriber: true,
    summary: 'One event, with its state, and how it is doing at each subscriber of its source',
    answer: eventSchema,
    problems: ['unknown-event'],
  },
  async ({ named: { source, eventId } }, deps) => {
    const key = eventKey(source, eventId);
    const record = await deps.ledger.readWithNotes(key);
    const event = eventView(key, record);
    if (event === undefined) return problem('unknown-event');
    const subscribers = await subscriberStates(source, eventId, record, deps);
    return found({ ...event, ...(subscribers.length > 0 && { subscribers }) });
  },
);

export const readAudit = route(
  {
    method: 'GET',
    path: '/ops/events/{source}/{eventId}/audit',
    name: 'readAudit',
    tag: 'events',
    takesSubscriber: true,
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
