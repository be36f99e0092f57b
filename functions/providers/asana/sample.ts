import { asana } from './preset.ts';
import type { Sample } from '../sample.ts';

export const asanaSample: Sample = {
  source: asana(),
  key: { secret: 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      events: [
        {
          user: { gid: '12345', resource_type: 'user' },
          created_at: '2026-02-28T18:20:37.972Z',
          action: 'changed',
          resource: { gid: '1337', resource_type: 'task', resource_subtype: 'default_task' },
          change: { field: 'name', action: 'changed' },
          parent: null,
        },
        {
          user: { gid: '12345', resource_type: 'user' },
          created_at: '2026-02-28T18:20:37.972Z',
          action: 'added',
          resource: { gid: '1338', resource_type: 'story' },
          parent: { gid: '1337', resource_type: 'task' },
        },
      ],
    }),
  }),
  events: [
    {
      eventId:
        '1337/changed/2026-02-28T18:20:37.972Z/dba5f290065fa41a7aef5f25caa1a00ead1aa313b314222797506db67ffa3b98',
      type: 'task.changed',
      lane: '1337',
    },
    {
      eventId:
        '1338/added/2026-02-28T18:20:37.972Z/f6fb5272071f2c04471de3fb46b1cf9fdbfe0a2885d264174c887d1e607d35ca',
      type: 'story.added',
      lane: '1337',
    },
  ],
};
