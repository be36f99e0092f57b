import { json, type Happenings } from '../happenings.ts';

export const xHappenings: Happenings = {
  id: 'kind, user and id; of follows and the like the digest of the bytes',
  differ: 'the id; else the time in milliseconds',
  first: json({
    for_user_id: '1',
    follow_events: [
      { type: 'follow', created_timestamp: '1772366400000', target: { id: '1' }, source: { id: '2' } },
    ],
  }),
  second: json({
    for_user_id: '1',
    follow_events: [
      { type: 'follow', created_timestamp: '1772366400001', target: { id: '1' }, source: { id: '2' } },
    ],
  }),
  sameLane: [json({ for_user_id: '1', tweet_create_events: [{ id_str: '9' }] })],
};
