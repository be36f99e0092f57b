import { json, type Happenings } from '../happenings.ts';

const quickbooks = (...entities: object[]) =>
  json({ eventNotifications: [{ realmId: '1', dataChangeEvent: { entities } }] });
const changed = { name: 'Customer', id: '1', operation: 'Merge', lastUpdated: '2026-03-01T12:00:00Z' };

export const quickbooksHappenings: Happenings = {
  id: '`id` of a CloudEvent; of the older form company, entity, operation and time',
  differ: 'the id; of the older form the time, to the second, and what was merged',
  repeats:
    'older form: two equal changes of one entity within one second, which both say only that it changed',
  first: quickbooks({ ...changed, deletedId: '7' }),
  second: quickbooks({ ...changed, deletedId: '8' }),
  sameLane: [json([{ id: 'e', type: 'qbo.customer.updated.v1', intuitaccountid: '1', intuitentityid: '1' }])],
};
