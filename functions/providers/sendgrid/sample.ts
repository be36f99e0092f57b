import { sendgrid } from './preset.ts';
import type { Sample } from '../sample.ts';

export const sendgridSample: Sample = {
  source: sendgrid(),
  key: {
    secret:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE98aQgdlKU7OH6v3uTBoSA8tztLuGNVBzkUeHzg2XZxuA3Op8KkhU51rRdGSQE0piV7/u/47dIsSBdTKyofWW8A==',
    privateKey: [
      '-----BEGIN PRIVATE KEY-----',
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglPptWDMBINsR9kVg',
      'KhR0aEFbkuJ2yfxOEQcw8/y5h3yhRANCAAT3xpCB2UpTs4fq/e5MGhIDy3O0u4Y1',
      'UHORR4fODZdnG4Dc6nwqSFTnWtF0ZJATSmJXv+7/jt0ixIF1MrKh9Zbw',
      '-----END PRIVATE KEY-----',
    ].join('\n'),
  },
  covers: 'body',
  request: (now) => ({
    // SendGrid ends its body with a new line, and signs it.
    body: `${JSON.stringify([
      {
        email: 'grün@example.com',
        timestamp: Math.floor(now.getTime() / 1000),
        event: 'delivered',
        sg_event_id: 'ZGVsaXZlcmVkLTAtMTIzNDU2',
        sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
      },
      {
        email: 'other@example.com',
        timestamp: Math.floor(now.getTime() / 1000),
        event: 'bounce',
        sg_event_id: 'Ym91bmNlLTAtMTIzNDU2',
        sg_message_id: '14c5d75ce94.dfd.64b470.filter0001.16649.5515E0B99.0',
      },
    ])}\r\n`,
  }),
  events: [
    {
      eventId: 'ZGVsaXZlcmVkLTAtMTIzNDU2',
      type: 'delivered',
      lane: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
    },
    {
      eventId: 'Ym91bmNlLTAtMTIzNDU2',
      type: 'bounce',
      lane: '14c5d75ce94.dfd.64b470.filter0001.16649.5515E0B99.0',
    },
  ],
};
