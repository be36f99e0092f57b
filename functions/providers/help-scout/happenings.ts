import { json, type Happenings } from '../happenings.ts';

export const helpScoutHappenings: Happenings = {
  id: 'digest of the bytes and of `X-HelpScout-Event`, within a day',
  differ: 'the event, and the resource with its times',
  repeats: 'two equal events that leave the resource as it was, within a day',
  first: json({ id: 1, userUpdatedAt: '2026-03-01T12:00:00Z' }, { 'x-helpscout-event': 'convo.tags' }),
  second: json({ id: 1, userUpdatedAt: '2026-03-01T12:00:00Z' }, { 'x-helpscout-event': 'convo.status' }),
  sameLane: [json({ id: 1, tags: [] }, { 'x-helpscout-event': 'convo.assigned' })],
};
