import { sentry } from './preset.ts';
import type { Sample } from '../sample.ts';

export const sentrySample: Sample = {
  source: sentry(),
  key: { secret: 'the client secret of an integration' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      action: 'resolved',
      installation: { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' },
      data: { issue: { id: '1170820242', title: 'Grüße', status: 'resolved', lastSeen: now.toISOString() } },
      actor: { type: 'user', id: 1, name: 'A' },
    }),
    headers: {
      'request-id': '6f1e0d4d8c0b4d8d9a3b1c2d3e4f5a6b',
      'sentry-hook-resource': 'issue',
      'sentry-hook-timestamp': String(Math.floor(now.getTime() / 1000)),
    },
  }),
  events: [{ eventId: '6f1e0d4d8c0b4d8d9a3b1c2d3e4f5a6b', type: 'issue.resolved', lane: '1170820242' }],
};
