import { json, type Happenings } from '../happenings.ts';

export const telnyxHappenings: Happenings = {
  id: '`data.id`',
  differ: 'each event has its own; `meta.attempt` grows in retries',
  first: json({
    data: { id: 'a', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
    meta: { attempt: 1 },
  }),
  second: json({
    data: { id: 'b', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
    meta: { attempt: 1 },
  }),
  again: json({
    data: { id: 'a', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
    meta: { attempt: 2 },
  }),
  sameLane: [json({ data: { id: 'c', event_type: 'call.hangup', payload: { call_session_id: 's' } } })],
};
