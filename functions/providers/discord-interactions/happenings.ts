import { byField, json, type Happenings } from '../happenings.ts';

export const discordInteractionsHappenings: Happenings = {
  id: '`id`',
  differ: 'each interaction has its own, and comes once',
  ...byField('id', { type: 2, channel_id: 'c', token: 't' }),
  sameLane: [json({ id: 'c', type: 3, channel_id: 'c', token: 't' })],
};
