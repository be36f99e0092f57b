import { zendesk } from './preset.ts';
import type { Sample } from '../sample.ts';

export const zendeskSample: Sample = {
  source: zendesk(),
  key: { secret: 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      account_id: 22129848,
      id: 'cbe4028c-7239-495d-b020-f22348516046',
      type: 'zen:event-type:ticket.status_changed',
      subject: 'zen:ticket:5158',
      time: '2026-02-28T05:33:18Z',
      detail: { id: '5158', status: 'OPEN', subject: 'Größe falsch' },
      event: { current: 'OPEN', previous: 'NEW' },
    }),
    headers: { 'x-zendesk-webhook-invocation-id': '01EJFTSCC78X5V07NPY2MHR00M' },
  }),
  events: [
    {
      eventId: 'cbe4028c-7239-495d-b020-f22348516046',
      type: 'zen:event-type:ticket.status_changed',
      lane: '5158',
    },
  ],
};
