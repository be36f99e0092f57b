import { createHmac } from 'node:crypto';
import { mailgun } from './preset.ts';
import type { Sample } from '../sample.ts';

const token = '2f8d6b0f6a7d4a41a3c2c0d0c4b6a8f0e1d2c3b4a596877869';

export const mailgunSample: Sample = {
  source: mailgun(),
  key: { secret: 'key-3ax6xnjp29jd6fds4gc373sgvjxteol0' },
  covers: 'nothing',
  proof: ['field:signature.timestamp', 'field:signature.token', 'field:signature.signature'],
  request: (now) => ({
    body: JSON.stringify({
      signature: { timestamp: '', token, signature: '' },
      'event-data': {
        event: 'opened',
        id: 'Ase7i2zsRYeDXztHGENqRA',
        timestamp: now.getTime() / 1000,
        recipient: 'alice@example.com',
        message: { headers: { 'message-id': '20130503182626.18666.16540@example.com' } },
      },
    }),
  }),
  sign(request, { secret }, now) {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signature = createHmac('sha256', secret)
      .update(timestamp + token)
      .digest('hex');
    const body: unknown = JSON.parse(Buffer.from(request.body).toString());
    const signed = Object.assign({}, body, { signature: { timestamp, token, signature } });
    return { ...request, body: Buffer.from(JSON.stringify(signed)) };
  },
  events: [
    {
      eventId: 'Ase7i2zsRYeDXztHGENqRA',
      type: 'opened',
      lane: '20130503182626.18666.16540@example.com',
    },
  ],
};
