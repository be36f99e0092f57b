import { form, json, type Happenings } from '../happenings.ts';

export const twilioHappenings: Happenings = {
  id: '`I-Twilio-Idempotency-Token`; of a CloudEvent its source and id; else the digest of the bytes within a minute',
  differ: 'each request has its own and keeps it in retries',
  first: form(
    { CallSid: 'CA1', CallStatus: 'in-progress', Digits: '1' },
    { 'i-twilio-idempotency-token': 'a' },
  ),
  second: form(
    { CallSid: 'CA1', CallStatus: 'in-progress', Digits: '1' },
    { 'i-twilio-idempotency-token': 'b' },
  ),
  sameLane: [
    form({ CallSid: 'CA1', CallStatus: 'completed' }, { 'i-twilio-idempotency-token': 'c' }),
    json([
      {
        specversion: '1.0',
        id: 'e',
        source: '/c',
        type: 'com.twilio.voice.status-callback.call.completed',
        data: { CallSid: 'CA1' },
      },
    ]),
  ],
};
