import { json, type Happenings } from '../happenings.ts';

export const recurlyHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`event_time`',
  repeats: 'two equal events of one object at the same time',
  first: json({
    object_type: 'subscription',
    event_type: 'updated',
    event_time: '2026-03-01T12:00:00Z',
    account_code: 'a',
  }),
  second: json({
    object_type: 'subscription',
    event_type: 'updated',
    event_time: '2026-03-01T12:00:01Z',
    account_code: 'a',
  }),
  sameLane: [json({ object_type: 'account', event_type: 'updated', account_code: 'a' })],
};
