import { linear } from './preset.ts';
import type { Sample } from '../sample.ts';

export const linearSample: Sample = {
  source: linear(),
  key: { secret: 'lin_wh_c2FtcGxlc2VjcmV0' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      action: 'update',
      type: 'Issue',
      createdAt: now.toISOString(),
      data: {
        id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
        title: 'Über alles',
        updatedAt: now.toISOString(),
      },
      updatedFrom: { title: 'Alles' },
      organizationId: '15f1c3a0-0d5c-4a4e-8d0a-2b5e1f3a7c11',
      webhookTimestamp: now.getTime(),
      webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
    }),
    headers: {
      'linear-delivery': '234d1a4e-b617-4388-90fe-adc3633d6b72',
      'linear-event': 'Issue',
      'linear-timestamp': '1',
    },
  }),
  events: [
    {
      eventId: '234d1a4e-b617-4388-90fe-adc3633d6b72',
      type: 'Issue.update',
      lane: 'Issue/2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
    },
  ],
};
