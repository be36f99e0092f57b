import { trello } from './preset.ts';
import type { Sample } from '../sample.ts';

export const trelloSample: Sample = {
  source: trello({ publicUrl: 'https://hooks.example.com/webhooks/trello?board=1' }),
  key: { secret: '1e2b5d3f0a9c8b7d6e5f4a3b2c1d0e9f' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      action: {
        id: '51f9424bcd6e040f3c002412',
        type: 'updateCard',
        date: now.toISOString(),
        data: { board: { id: '4d5ea62fd76aa1136000000c' }, card: { id: '51a79e72dbb7e23c7c003778' } },
      },
      model: { id: '4d5ea62fd76aa1136000000c', name: 'Trello Development' },
    }),
    rawQuery: 'board=1',
  }),
  events: [{ eventId: '51f9424bcd6e040f3c002412', type: 'updateCard', lane: '51a79e72dbb7e23c7c003778' }],
};
