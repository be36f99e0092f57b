import { twilio } from './preset.ts';
import type { Sample } from '../sample.ts';

export const twilioSample: Sample = {
  source: twilio({ publicUrl: 'https://hooks.example.com/webhooks/twilio' }),
  key: { secret: '12345' },
  covers: 'body',
  request: () => ({
    body: 'AccountSid=AC123&MessageStatus=delivered&MessageSid=SM456&To=%2B18005551212&Body=gr%C3%BCn+%26+gut',
    contentType: 'application/x-www-form-urlencoded',
    headers: { 'i-twilio-idempotency-token': '1a9ba5ae-9b3b-4f07-8a5e-8a5e8a5e8a5e' },
  }),
  events: [{ eventId: '1a9ba5ae-9b3b-4f07-8a5e-8a5e8a5e8a5e', type: 'delivered', lane: 'SM456' }],
};
