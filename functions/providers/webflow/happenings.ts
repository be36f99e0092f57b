import { json, type Happenings } from '../happenings.ts';

export const webflowHappenings: Happenings = {
  id: 'digest of the bytes, within a day',
  differ: 'what changed, with its times',
  repeats: 'two events that are equal to the byte within a day',
  first: json({
    triggerType: 'collection_item_changed',
    payload: { id: 'i', lastUpdated: '2026-03-01T12:00:00.000Z' },
  }),
  second: json({
    triggerType: 'collection_item_changed',
    payload: { id: 'i', lastUpdated: '2026-03-01T12:00:00.001Z' },
  }),
  sameLane: [json({ triggerType: 'collection_item_deleted', payload: { id: 'i' } })],
};
