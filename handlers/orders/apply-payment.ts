import { PermanentError, WaitFor, type HandlerContext, type Result, type WebhookEvent } from 'hooklane';
import { ordersTable, type OrderStore } from './order-store.ts';
import { move, newOrder } from './order.ts';
import type { PaymentEvent } from './payment.ts';

/**
 * Senders deliver in whatever order, and `POST /orders` may come after a payment. What comes too early waits as long as a sender's first few retries
 * take; then its attempts run out, and somebody has to look.
 */
const patience = { timeoutSeconds: 300 };

/**
 * Creates or moves the order that a payment is about. The order's new status, its event and the end of the webhook event commit
 * together or not at all; if somebody else made or moved the order meanwhile, the transaction fails and the next attempt decides anew.
 */
export async function applyPayment(
  event: WebhookEvent<PaymentEvent>,
  ctx: HandlerContext,
  orders: Pick<OrderStore, 'read' | 'createItems' | 'moveItems'> = ordersTable(),
): Promise<Result> {
  const payment = event.body;
  const order = await orders.read(payment.order_uuid);
  if (!order) {
    if (payment.status !== 'pending') throw new WaitFor(['created'], patience);
    const { order_uuid: id, amount, metadata } = payment;
    const created = newOrder({ id, amount, metadata, createdAt: ctx.now() });
    ctx.transact(orders.createItems(created));
    return { order: id, to: created.status, version: created.version };
  }

  const decision = move(order, payment);
  switch (decision.kind) {
    case 'early':
      throw new WaitFor([decision.after], patience);
    case 'illegal':
      return { ignored: decision.reason };
    case 'amount-differs':
      // No retry can help and nobody should overlook it: the event fails at once, and needs attention.
      throw new PermanentError(decision.reason);
    case 'move': {
      const version = order.version + 1;
      ctx.transact(
        orders.moveItems(order, {
          version,
          from: order.status,
          to: decision.to,
          reason: `${payment.webhook_source} reported ${payment.status}`,
          txnId: payment.txn_id,
          metadata: payment.metadata,
          at: ctx.now(),
        }),
      );
      return { order: order.id, from: order.status, to: decision.to, version };
    }
  }
}
