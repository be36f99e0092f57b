import { docusign } from './preset.ts';
import type { Sample } from '../sample.ts';

export const docusignSample: Sample = {
  source: docusign(),
  key: { secret: 'VGhpcyBpcyBhIHNhbXBsZSBDb25uZWN0IGtleQ==' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'envelope-completed',
      apiVersion: 'v2.1',
      uri: '/restapi/v2.1/accounts/a1/envelopes/0c4b6f4e-1d0c-4f9a-9b34-2f5d7a3f0f11',
      retryCount: 0,
      configurationId: 10557100,
      generatedDateTime: '2026-02-28T14:34:23.8530000Z',
      data: {
        accountId: '18b0d4c0-1e8b-4d5c-a3a2-6f1d2c3b4a55',
        envelopeId: '0c4b6f4e-1d0c-4f9a-9b34-2f5d7a3f0f11',
      },
    }),
  }),
  events: [
    {
      eventId: '0c4b6f4e-1d0c-4f9a-9b34-2f5d7a3f0f11/envelope-completed/2026-02-28T14:34:23.8530000Z',
      type: 'envelope-completed',
      lane: '0c4b6f4e-1d0c-4f9a-9b34-2f5d7a3f0f11',
    },
  ],
};
