import { klarna } from './preset.ts';
import type { Sample } from '../sample.ts';

export const klarnaSample: Sample = {
  source: klarna(),
  key: {
    secret: 'krn:partner:global:notification:signing-key:120e5b7e-abcd-4def-8a90-dca726e639b5:a key',
  },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      metadata: {
        event_type: 'payment.request.state-change.completed',
        event_id: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
        event_version: 'v2',
        occurred_at: now.toISOString(),
      },
      payload: {
        payment_request_id: 'krn:payment:eu1:request:552603c0-fe8b-4ab1-aacb-41d55fafbdb4',
        state: 'COMPLETED',
        previous_state: 'AUTHORIZED',
      },
    }),
  }),
  events: [
    {
      eventId: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
      type: 'payment.request.state-change.completed',
      lane: 'krn:payment:eu1:request:552603c0-fe8b-4ab1-aacb-41d55fafbdb4',
    },
  ],
};
