import { json, type Happenings } from '../happenings.ts';

export const trelloHappenings: Happenings = {
  id: '`action.id`',
  differ: 'each action has its own',
  first: json({ action: { id: 'a', type: 'updateCard', data: { card: { id: 'c' }, board: { id: 'b' } } } }),
  second: json({
    action: { id: 'b', type: 'updateCard', data: { card: { id: 'c' }, board: { id: 'b' } } },
  }),
  sameLane: [
    json({ action: { id: 'd', type: 'commentCard', data: { card: { id: 'c' }, board: { id: 'b' } } } }),
  ],
};
