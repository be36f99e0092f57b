import { json, type Happenings } from '../happenings.ts';

export const airtableHappenings: Happenings = {
  id: 'webhook and time',
  differ: '`timestamp`, to the millisecond',
  first: json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.001Z' }),
  second: json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.002Z' }),
  sameLane: [json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.003Z' })],
};
