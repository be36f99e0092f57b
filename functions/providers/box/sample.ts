import { box } from './preset.ts';
import type { Sample } from '../sample.ts';

export const boxSample: Sample = {
  source: box(),
  key: { secret: '4py2I9eSFb0ezXH5iPeQRcFK1LRLCdip' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'webhook_event',
      id: '0f2e4b7c-8d1a-4c5e-9f3b-6a7d8e9f0a1b',
      created_at: '2026-02-28T15:00:06-08:00',
      trigger: 'FILE.UPLOADED',
      webhook: { id: '53', type: 'webhook' },
      source: { id: '73835521473', type: 'file', name: 'Übersicht/1.pdf' },
    }),
    headers: { 'box-signature-version': '1', 'box-signature-algorithm': 'HmacSHA256' },
  }),
  events: [{ eventId: '0f2e4b7c-8d1a-4c5e-9f3b-6a7d8e9f0a1b', type: 'FILE.UPLOADED', lane: '73835521473' }],
};
