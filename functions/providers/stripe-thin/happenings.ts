import { byField, json, type Happenings } from '../happenings.ts';

export const stripeThinHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { type: 'v1.billing.meter.error_report_triggered', related_object: { id: 'mtr_1' } }),
  sameLane: [json({ id: 'c', type: 'v1.billing.meter.no_meter_found', related_object: { id: 'mtr_1' } })],
};
