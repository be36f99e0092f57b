import { byField, json, type Happenings } from '../happenings.ts';

export const boxHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { trigger: 'FILE.DOWNLOADED', source: { id: 'f', type: 'file' } }),
  sameLane: [
    json({
      id: 'c',
      trigger: 'COMMENT.CREATED',
      source: { id: 'k', type: 'comment', item: { id: 'f', type: 'file' } },
    }),
  ],
};
