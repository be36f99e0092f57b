import { byHeader, json, type Happenings } from '../happenings.ts';

export const revolutHappenings: Happenings = {
  id: 'digest of the bytes; of the Merchant API, whose bodies have no time, also of `Revolut-Request-Timestamp`',
  differ: 'the time, to the microsecond, or that of the request, to the millisecond',
  ...byHeader('revolut-request-timestamp', { event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }),
  again: json({ event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }, { 'revolut-request-timestamp': 'c' }),
  retryRunsAgain: true,
  sameLane: [json({ event: 'ORDER_COMPLETED', order_id: 'o' }, { 'revolut-request-timestamp': 'd' })],
};
