import { calendly } from './preset.ts';
import type { Sample } from '../sample.ts';

const uri = 'https://api.calendly.com/scheduled_events/AAAAAAAAAAAAAAAA/invitees/BBBBBBBBBBBBBBBB';

export const calendlySample: Sample = {
  source: calendly(),
  key: { secret: '5mEzn9C-I28UtwOjZJtFoob0sAAFZ95GbZkqj4y3i0I' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'invitee.created',
      created_at: '2026-02-28T20:27:16.000000Z',
      created_by: 'https://api.calendly.com/users/CCCCCCCCCCCCCCCC',
      payload: { uri, name: 'Jürgen', status: 'active', updated_at: '2026-02-28T20:27:15.000000Z' },
    }),
  }),
  events: [
    {
      eventId: `invitee.created/${uri.replaceAll('/', '%2F')}/2026-02-28T20:27:16.000000Z`,
      type: 'invitee.created',
      lane: uri,
    },
  ],
};
