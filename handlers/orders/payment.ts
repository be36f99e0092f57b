import * as z from 'zod';
import { amount, metadata, orderId } from './order-fields.ts';
import { statuses } from './order.ts';

const text = z.string().min(1).max(256);

/** Body of a payment webhook. What it does not name is dropped. */
export const PaymentEvent = z.object({
  order_uuid: orderId,
  txn_id: text,
  /** The status that the payment asks the order to take; `pending` creates an order that does not exist. */
  status: z.enum(statuses),
  amount,
  /** ISO 8601 with `Z` or an offset. */
  timestamp: z.iso.datetime({ offset: true }),
  webhook_source: text,
  correlation_id: text,
  metadata,
});

export type PaymentEvent = z.infer<typeof PaymentEvent>;
