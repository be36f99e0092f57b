import { svix } from './preset.ts';
import type { Sample } from '../sample.ts';

export const svixSample: Sample = {
  source: svix(),
  key: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({ eventType: 'invoice.paid', at: now.toISOString(), note: 'ü' }),
    headers: { 'svix-id': 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj' },
  }),
  events: [
    {
      eventId: 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj',
      type: 'invoice.paid',
      lane: 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj',
    },
  ],
};
