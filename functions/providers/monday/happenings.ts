import { json, type Happenings } from '../happenings.ts';

export const mondayHappenings: Happenings = {
  id: '`event.triggerUuid` and `event.subscriptionId`',
  differ: 'each happening has an id of its own, which all webhooks that it triggers share',
  first: json({
    event: { type: 'update_name', boardId: 1, pulseId: 2, subscriptionId: 3, triggerUuid: 'a' },
  }),
  second: json({
    event: { type: 'update_name', boardId: 1, pulseId: 2, subscriptionId: 4, triggerUuid: 'a' },
  }),
  sameLane: [
    json({ event: { type: 'delete_pulse', boardId: 1, itemId: 2, subscriptionId: 3, triggerUuid: 'c' } }),
  ],
};
