import { notion } from './preset.ts';
import type { Sample } from '../sample.ts';

export const notionSample: Sample = {
  source: notion(),
  key: { secret: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
      timestamp: now.toISOString(),
      workspace_id: '13950b26-c203-4f3b-b97d-93ec06319565',
      subscription_id: '29d75c0d-5546-4414-8459-7b7a92f1fc4b',
      integration_id: '0ef2e755-4912-8096-91c1-00376a88a5ca',
      type: 'page.content_updated',
      attempt_number: 1,
      entity: { id: '153104cd-477e-809d-8dc4-ff2d96ae3090', type: 'page' },
      data: { parent: { id: '13950b26-c203-4f3b-b97d-93ec06319565', type: 'space' } },
    }),
  }),
  events: [
    {
      eventId: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
      type: 'page.content_updated',
      lane: '153104cd-477e-809d-8dc4-ff2d96ae3090',
    },
  ],
};
