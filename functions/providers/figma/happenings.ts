import { json, type Happenings } from '../happenings.ts';

const figma = (more: object) =>
  json({
    event_type: 'DEV_MODE_STATUS_UPDATE',
    webhook_id: '22',
    timestamp: '2026-03-01T12:00:00Z',
    passcode: 'p',
    file_key: 'f',
    retries: 0,
    ...more,
  });

export const figmaHappenings: Happenings = {
  id: 'digest of the body without its count of retries',
  differ: 'the second, and what changed',
  repeats: 'two changes that are equal in all but the count within one second',
  first: figma({ node_id: '1' }),
  second: figma({ node_id: '2' }),
  again: figma({ node_id: '1', retries: 1 }),
  sameLane: [figma({ event_type: 'FILE_COMMENT', comment_id: '1' })],
};
