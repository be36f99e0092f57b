import { byField, type Happenings } from '../happenings.ts';

export const snsHappenings: Happenings = {
  id: '`MessageId`',
  differ: 'each message has its own and keeps it in retries',
  ...byField('MessageId', {
    Type: 'Notification',
    TopicArn: 'arn',
    Message: 'x',
    Timestamp: '2026-03-01T12:00:00.000Z',
  }),
};
