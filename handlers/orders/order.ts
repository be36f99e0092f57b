import type { Metadata } from './order-fields.ts';

export const statuses = ['pending', 'paid', 'failed', 'refunded', 'cancelled'] as const;
export type Status = (typeof statuses)[number];

export interface Order {
  readonly id: string;
  /** Decimal, see `amount` in order-fields.ts. Set when the order is created and never changed. */
  readonly amount: string;
  readonly status: Status;
  /** Moves so far, 0 for a new order. Every move has an order event of the same number. */
  readonly version: number;
  readonly metadata: Metadata;
  readonly createdAt: Date;
}

/** An order as it begins. */
export const newOrder = (fields: Pick<Order, 'id' | 'amount' | 'metadata' | 'createdAt'>): Order => ({
  ...fields,
  status: 'pending',
  version: 0,
});

/** One move of an order, numbered as the order's version after it. Written once, never changed. */
export interface OrderEvent {
  readonly version: number;
  readonly from: Status;
  readonly to: Status;
  readonly reason: string;
  /** The payment that moved the order, with what it brought along. */
  readonly txnId: string;
  readonly metadata: Metadata;
  readonly at: Date;
}

/** Where an order may go. No way leads back to a status that was left, so a late payment cannot undo a newer one. */
const moves: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['paid', 'failed', 'cancelled'],
  failed: ['paid', 'cancelled'],
  paid: ['refunded'],
  refunded: [],
  cancelled: [],
};

type Move =
  | { readonly kind: 'move'; readonly to: Status }
  | { readonly kind: 'illegal'; readonly reason: string }
  /** Another payment has to come first, and may be on its way. */
  | { readonly kind: 'early'; readonly after: Status }
  | { readonly kind: 'amount-differs'; readonly reason: string };

/** What a payment does to an order. The amount comes first: money that does not match needs a person, whatever the status. */
export function move(
  order: Pick<Order, 'amount' | 'status'>,
  payment: { readonly amount: string; readonly status: Status },
): Move {
  if (payment.amount !== order.amount) {
    return {
      kind: 'amount-differs',
      reason: `the payment is of ${payment.amount}, the order of ${order.amount}`,
    };
  }
  if (payment.status === order.status) {
    return { kind: 'illegal', reason: `the order is ${order.status} already` };
  }
  if (payment.status === 'refunded' && moves[order.status].includes('paid'))
    return { kind: 'early', after: 'paid' };
  if (!moves[order.status].includes(payment.status)) {
    return { kind: 'illegal', reason: `an order that is ${order.status} cannot become ${payment.status}` };
  }
  return { kind: 'move', to: payment.status };
}
