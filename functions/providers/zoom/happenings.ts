import { json, type Happenings } from '../happenings.ts';

const zoom = (more: object) =>
  json({
    event: 'meeting.sharing_started',
    event_ts: 1772366400000,
    payload: { account_id: 'a', object: { uuid: 'U==', id: '1', ...more } },
  });

export const zoomHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`event_ts`, in milliseconds, and everything else',
  first: zoom({ participant: { user_id: '1', sharing_details: { date_time: 'x' } } }),
  second: zoom({ participant: { user_id: '2', sharing_details: { date_time: 'x' } } }),
  sameLane: [json({ event: 'meeting.ended', event_ts: 1, payload: { object: { uuid: 'U==', id: '1' } } })],
};
