import { figma } from './preset.ts';
import type { Sample } from '../sample.ts';

export const figmaSample: Sample = {
  source: figma(),
  key: { secret: 'a passcode of your own' },
  covers: 'nothing',
  proof: ['field:passcode'],
  request: () => ({
    body: JSON.stringify({
      event_type: 'FILE_UPDATE',
      file_key: 'CL06nJNn5eZLQKDoARMND5',
      file_name: 'Entwürfe',
      passcode: '',
      timestamp: '2026-02-28T20:27:16Z',
      webhook_id: '22',
    }),
  }),
  sign(request, { secret }) {
    const body: unknown = JSON.parse(Buffer.from(request.body).toString());
    const signed = Object.assign({}, body, { passcode: secret });
    return { ...request, body: Buffer.from(JSON.stringify(signed)) };
  },
  events: [
    {
      type: 'FILE_UPDATE',
      lane: 'CL06nJNn5eZLQKDoARMND5',
    },
  ],
};
