import { byHeader, json, type Happenings } from '../happenings.ts';

export const attioHappenings: Happenings = {
  id: '`Idempotency-Key`, and digest of the event',
  differ: 'each delivery has a key of its own and keeps it in retries',
  ...byHeader('idempotency-key', { events: [{ event_type: 'record.updated', id: { record_id: 'r' } }] }),
  sameLane: [
    json(
      { events: [{ event_type: 'note.created', id: { note_id: 'n' }, parent_record_id: 'r' }] },
      { 'idempotency-key': 'c' },
    ),
  ],
};
