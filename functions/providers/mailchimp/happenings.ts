import { form, type Happenings } from '../happenings.ts';

export const mailchimpHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`fired_at`, to the second, and what was changed',
  repeats: 'the same change of one subscriber twice within one second',
  first: form({
    type: 'profile',
    fired_at: '2026-03-01 12:00:00',
    'data[list_id]': 'l',
    'data[email]': 'a@example.com',
  }),
  second: form({
    type: 'profile',
    fired_at: '2026-03-01 12:00:01',
    'data[list_id]': 'l',
    'data[email]': 'a@example.com',
  }),
  sameLane: [
    form({
      type: 'unsubscribe',
      fired_at: '2026-03-01 12:00:02',
      'data[list_id]': 'l',
      'data[email]': 'a@example.com',
    }),
  ],
};
