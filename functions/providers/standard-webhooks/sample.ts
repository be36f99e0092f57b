import { standardWebhooks } from './preset.ts';
import type { Sample } from '../sample.ts';

export const standardWebhooksSample: Sample = {
  source: standardWebhooks(),
  key: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({ type: 'contact.created', timestamp: now.toISOString(), data: { id: 'c_1' } }),
    headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek' },
  }),
  events: [
    {
      eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      type: 'contact.created',
      lane: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    },
  ],
};
