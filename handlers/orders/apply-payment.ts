import { PermanentError, type HandlerContext, type Result, type WebhookEvent } from 'hooklane';
import { ordersTable, type OrderStore } from './order-store.ts';
import { move, newOrder } from './order.ts';
import type { PaymentEvent } from './payment.ts';

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
    // Not permanent: the payment may have overtaken `POST /orders`. If no order appears, the attempts run out.
    if (payment.status !== 'pending') throw new Error(`there is no order ${payment.order_uuid} yet`);
    const { order_uuid: id, amount, metadata } = payment;
    const created = newOrder({ id, amount, metadata, createdAt: ctx.now() });
    ctx.transact(orders.createItems(created));
    return { order: id, to: created.status, version: created.version };
  }

  const decision = move(order, payment);
  switch (decision.kind) {
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
