import { okta } from './preset.ts';
import type { Sample } from '../sample.ts';

export const oktaSample: Sample = {
  source: okta(),
  key: { secret: 'a secret of your own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      eventType: 'com.okta.event_hook',
      eventId: '3BDEAF94-7F74-4B5E-8E93-000000000001',
      data: {
        events: [
          {
            uuid: '5ee04e8a-c0ff-11ea-8d5c-4b7d4b0d9f31',
            published: now.toISOString(),
            eventType: 'user.lifecycle.deactivate',
            target: [{ id: '00uzcvm1n8LKBf5kk0g4', type: 'User', displayName: 'Jürgen' }],
          },
          {
            uuid: '5ee04e8b-c0ff-11ea-8d5c-4b7d4b0d9f31',
            published: now.toISOString(),
            eventType: 'policy.lifecycle.update',
            target: null,
          },
        ],
      },
    }),
  }),
  sign: (request, { secret }) => ({ ...request, headers: { ...request.headers, authorization: secret } }),
  events: [
    {
      eventId: '5ee04e8a-c0ff-11ea-8d5c-4b7d4b0d9f31',
      type: 'user.lifecycle.deactivate',
      lane: '00uzcvm1n8LKBf5kk0g4',
    },
    {
      eventId: '5ee04e8b-c0ff-11ea-8d5c-4b7d4b0d9f31',
      type: 'policy.lifecycle.update',
      lane: '5ee04e8b-c0ff-11ea-8d5c-4b7d4b0d9f31',
    },
  ],
};
