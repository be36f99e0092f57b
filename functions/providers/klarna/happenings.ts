import { json, type Happenings } from '../happenings.ts';

export const klarnaHappenings: Happenings = {
  id: '`metadata.event_id`',
  differ: 'each event has its own',
  first: json({ metadata: { event_id: 'a', event_type: 't' }, payload: { payment_request_id: 'p' } }),
  second: json({ metadata: { event_id: 'b', event_type: 't' }, payload: { payment_request_id: 'p' } }),
  sameLane: [
    json({
      metadata: { event_id: 'c', event_type: 'u' },
      payload: { payment_request_id: 'p', payment_transaction_id: 't' },
    }),
  ],
};
