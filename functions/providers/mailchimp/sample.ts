import { mailchimp } from './preset.ts';
import type { Sample } from '../sample.ts';

export const mailchimpSample: Sample = {
  source: mailchimp(),
  key: { secret: 'a-secret-of-your-own' },
  covers: 'nothing',
  proof: ['query:secret'],
  request: () => ({
    contentType: 'application/x-www-form-urlencoded',
    body:
      'type=subscribe&fired_at=2026-02-28+21%3A35%3A57&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054' +
      '&data%5Bemail%5D=api%40example.com',
  }),
  sign: (request, { secret }) => ({ ...request, rawQuery: `secret=${encodeURIComponent(secret)}` }),
  events: [
    {
      eventId: '6dd40a9a7a05684b155913453ac1caa8d2949b15d48c1758fd46e6e14f14ab13',
      type: 'subscribe',
      lane: 'a6b5da1054/api@example.com',
    },
  ],
};
