import { byHeader, json, type Happenings } from '../happenings.ts';

export const cursorHappenings: Happenings = {
  id: '`X-Webhook-ID`',
  differ: 'each delivery has its own',
  ...byHeader('x-webhook-id', { event: 'statusChange', id: 'g', status: 'FINISHED' }),
  sameLane: [json({ event: 'statusChange', id: 'g', status: 'ERROR' }, { 'x-webhook-id': 'c' })],
};
