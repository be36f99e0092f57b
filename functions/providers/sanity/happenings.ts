import { byHeader, json, type Happenings } from '../happenings.ts';

export const sanityHappenings: Happenings = {
  id: '`idempotency-key`',
  differ: 'each delivery has its own and keeps it in retries',
  ...byHeader(
    'idempotency-key',
    { _id: 'd', _type: 'post' },
    { 'sanity-operation': 'update', 'sanity-document-id': 'd' },
  ),
  sameLane: [json({ _id: 'd' }, { 'idempotency-key': 'c', 'sanity-operation': 'delete' })],
};
