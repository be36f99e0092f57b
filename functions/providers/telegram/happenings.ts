import { json, type Happenings } from '../happenings.ts';

const telegram = (update_id: number, more: object = {}) =>
  json({ update_id, message: { message_id: 1, chat: { id: 7 }, ...more } });

export const telegramHappenings: Happenings = {
  id: '`update_id`, and the week it came in',
  differ: 'the number; after a week without updates the next one is random',
  first: telegram(5),
  second: telegram(6),
  sameLane: [
    json({ update_id: 8, callback_query: { id: 'q', from: { id: 1 }, message: { chat: { id: 7 } } } }),
  ],
};
