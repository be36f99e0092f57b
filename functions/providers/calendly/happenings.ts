import { json, type Happenings } from '../happenings.ts';

const calendly = (created_at: string) =>
  json({ event: 'invitee.created', created_at, payload: { uri: 'https://api.calendly.com/i/1' } });

export const calendlyHappenings: Happenings = {
  id: 'event, invitee and time',
  differ: '`created_at`, to the microsecond',
  first: calendly('2026-03-01T12:00:00.000001Z'),
  second: calendly('2026-03-01T12:00:00.000002Z'),
  sameLane: [
    json({
      event: 'invitee_no_show.created',
      created_at: 'x',
      payload: { uri: 'https://api.calendly.com/n/1', invitee: 'https://api.calendly.com/i/1' },
    }),
  ],
};
