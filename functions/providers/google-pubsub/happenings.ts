import { json, type Happenings } from '../happenings.ts';

export const googlePubsubHappenings: Happenings = {
  id: '`message.messageId` and subscription',
  differ: 'each message of a topic has its own; `deliveryAttempt` grows',
  first: json({ message: { messageId: '1', orderingKey: 'o' }, subscription: 'p/s', deliveryAttempt: 1 }),
  second: json({
    message: { messageId: '1', orderingKey: 'o' },
    subscription: 'p/of-another-topic',
    deliveryAttempt: 1,
  }),
  again: json({ message: { messageId: '1', orderingKey: 'o' }, subscription: 'p/s', deliveryAttempt: 2 }),
  sameLane: [json({ message: { messageId: '2', orderingKey: 'o' }, subscription: 'p/s' })],
};
