import { chargebee } from './preset.ts';
import type { Sample } from '../sample.ts';

export const chargebeeSample: Sample = {
  source: chargebee(),
  key: { secret: 'chargebee:a password of your own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      id: 'ev_16BQ6hTyC3GSj1LI',
      occurred_at: Math.floor(now.getTime() / 1000),
      source: 'api',
      object: 'event',
      api_version: 'v2',
      event_type: 'subscription_renewed',
      content: {
        subscription: { id: '169ljDTyC3GOe1Kh', status: 'active', resource_version: now.getTime() },
        customer: { id: 'cus_1', resource_version: now.getTime() - 5000 },
        invoice: { id: 'inv_7' },
      },
    }),
  }),
  sign: (request, { secret }) => ({
    ...request,
    headers: { ...request.headers, authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
  }),
  events: [{ eventId: 'ev_16BQ6hTyC3GSj1LI', type: 'subscription_renewed', lane: '169ljDTyC3GOe1Kh' }],
};
