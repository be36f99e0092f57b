import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';
import { adobeSign } from './preset.ts';

export const adobeSignSample: Sample = {
  source: adobeSign(),
  key: { secret: 'CBJCHBCAABAAo6FVq1BBi7Fq' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      webhookId: '1d2d1f5d',
      webhookNotificationId: 'f2ca1bb6-c7e9-4d1b-8d1d-0a7b6c5d4e3f',
      webhookScope: 'ACCOUNT',
      event: 'AGREEMENT_CREATED',
      eventDate: now.toISOString(),
      eventResourceType: 'agreement',
      agreement: { id: 'CBJCHBCAABAA4711', name: 'Verträge', status: 'OUT_FOR_SIGNATURE' },
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'x-adobesign-clientid', secret),
  events: [
    {
      eventId: 'f2ca1bb6-c7e9-4d1b-8d1d-0a7b6c5d4e3f',
      type: 'AGREEMENT_CREATED',
      lane: 'CBJCHBCAABAA4711',
    },
  ],
};
