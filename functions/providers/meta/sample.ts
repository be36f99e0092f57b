import { meta } from './preset.ts';
import type { Sample } from '../sample.ts';

export const metaSample: Sample = {
  source: meta(),
  key: { secret: 'the secret of an app' },
  covers: 'body',
  request: (now) => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
      contacts: [{ wa_id: '16505551234', profile: { name: 'A' } }],
      messages: [
        { id: 'wamid.HBgLMQ==', from: '16505551234', timestamp, type: 'text', text: { body: 'Hello' } },
      ],
      statuses: [{ id: 'wamid.HBgLMg==', status: 'delivered', recipient_id: '16505551234', timestamp }],
    };
    return {
      body: JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: '102290129340398', changes: [{ field: 'messages', value }] }],
      }),
    };
  },
  events: [
    { eventId: 'wamid.HBgLMQ==', type: 'message', lane: '106540352242922/16505551234' },
    { eventId: 'wamid.HBgLMg==/delivered', type: 'status.delivered', lane: '106540352242922/16505551234' },
  ],
};
