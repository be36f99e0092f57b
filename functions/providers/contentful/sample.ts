import { createHmac } from 'node:crypto';
import { contentful } from './preset.ts';
import { withHeader } from '../../signatures/with-header.ts';
import { contentfulSignedBytes } from './signature.ts';
import type { Sample } from '../sample.ts';

export const contentfulSample: Sample = {
  source: contentful({ publicUrl: 'https://hooks.example.com/webhooks/contentful' }),
  key: { secret: 'A1b2C3d4E5f6G7h8A1b2C3d4E5f6G7h8A1b2C3d4E5f6G7h8A1b2C3d4E5f6G7h8' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      sys: { type: 'Entry', id: '5KsDBWseXY6QegucYAoacS', version: 3, updatedAt: now.toISOString() },
      fields: { title: { 'de-DE': 'Grüße' } },
    }),
    contentType: 'application/vnd.contentful.management.v1+json',
    headers: { 'x-contentful-topic': 'ContentManagement.Entry.save' },
  }),
  sign: (request, { secret }, now) => {
    const signed = ['x-contentful-signed-headers', 'x-contentful-timestamp', 'x-contentful-topic'];
    const listed = withHeader(request, 'x-contentful-signed-headers', signed.join(','));
    const timed = withHeader(listed, 'x-contentful-timestamp', String(now.getTime()));
    const [bytes = Buffer.alloc(0)] = contentfulSignedBytes(timed);
    return withHeader(
      timed,
      'x-contentful-signature',
      createHmac('sha256', secret).update(bytes).digest('hex'),
    );
  },
  events: [
    {
      eventId: 'ContentManagement.Entry.save/5KsDBWseXY6QegucYAoacS/3',
      type: 'ContentManagement.Entry.save',
      lane: '5KsDBWseXY6QegucYAoacS',
    },
  ],
};
