import { byField, json, type Happenings } from '../happenings.ts';

export const cloudEventsHappenings: Happenings = {
  id: '`source` and `id`',
  differ: 'the specification has them unique together',
  facts: 'https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md',
  ...byField('id', { specversion: '1.0', source: '/s', type: 't', subject: 'o' }),
  sameLane: [json({ specversion: '1.0', id: 'c', source: '/s', type: 'u', subject: 'o' })],
};
