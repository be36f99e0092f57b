import { clerk } from './preset.ts';
import type { Sample } from '../sample.ts';

export const clerkSample: Sample = {
  source: clerk(),
  key: { secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      object: 'event',
      type: 'user.created',
      timestamp: now.getTime(),
      instance_id: 'ins_123',
      data: { id: 'user_29w83sxmDNGwOuEthce5gg56FcC', object: 'user', first_name: 'Zoë' },
    }),
    headers: { 'svix-id': 'msg_29w83sxmDNGwOuEthce5gg56FcC' },
  }),
  events: [
    {
      eventId: 'msg_29w83sxmDNGwOuEthce5gg56FcC',
      type: 'user.created',
      lane: 'user_29w83sxmDNGwOuEthce5gg56FcC',
    },
  ],
};
