import { form, json, type Happenings } from '../happenings.ts';

export const vonageHappenings: Happenings = {
  id: 'message, time and status; of calls the digest of the bytes',
  differ: 'the status, and the time in milliseconds',
  first: json({
    uuid: 'u',
    conversation_uuid: 'CON',
    timestamp: '2026-03-01T12:00:00.001Z',
    dtmf: { digits: '1' },
  }),
  second: json({
    uuid: 'u',
    conversation_uuid: 'CON',
    timestamp: '2026-03-01T12:00:00.002Z',
    dtmf: { digits: '1' },
  }),
  sameLane: [form({ uuid: 'u', conversation_uuid: 'CON', from: '1', to: '2' })],
};
