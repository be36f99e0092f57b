import { json, type Happenings } from '../happenings.ts';

export const postmarkHappenings: Happenings = {
  id: 'kind, message, and bounce, or recipient, time and link',
  differ: 'the time, below the millisecond; of clicks the link too',
  first: json({
    RecordType: 'Click',
    MessageID: 'm',
    Recipient: 'a@example.com',
    ReceivedAt: '2026-03-01T12:00:00.0000001Z',
    OriginalLink: 'https://example.com/a',
  }),
  second: json({
    RecordType: 'Click',
    MessageID: 'm',
    Recipient: 'a@example.com',
    ReceivedAt: '2026-03-01T12:00:00.0000001Z',
    OriginalLink: 'https://example.com/b',
  }),
  sameLane: [
    json({
      RecordType: 'Open',
      MessageID: 'm',
      Recipient: 'a@example.com',
      ReceivedAt: '2026-03-01T12:00:00Z',
    }),
  ],
};
