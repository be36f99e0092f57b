import { cloudEvents } from './preset.ts';
import type { Sample } from '../sample.ts';

export const cloudEventsSample: Sample = {
  source: cloudEvents({ allowedOrigins: ['eventgrid.azure.net'] }),
  key: { secret: 'A token of your own' },
  covers: 'nothing',
  request: (now) => ({
    contentType: 'application/cloudevents+json',
    body: JSON.stringify({
      specversion: '1.0',
      id: 'A234-1234-1234',
      source: '/orders/emea',
      type: 'com.example.order.paid',
      subject: '4711',
      time: now.toISOString(),
      data: { amount: 42 },
    }),
  }),
  sign: (request, { secret }) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${secret}` },
  }),
  events: [
    { eventId: '/orders/emea A234-1234-1234', type: 'com.example.order.paid', lane: '/orders/emea 4711' },
  ],
};
