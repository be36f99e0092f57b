import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { amount, metadata, orderId } from './order-fields.ts';
import type { OrderStore } from './order-store.ts';
import { newOrder, type Order } from './order.ts';

/** Unknown names are refused: a misspelt `amuont` or `metdata` should not be lost in silence. */
const NewOrder = z.strictObject(
  { id: orderId.optional(), amount, metadata },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has unknown names: ${issue.keys.join(', ')}`.slice(0, 200)
        : 'must be a JSON object',
  },
);

type Creation =
  | { readonly kind: 'created'; readonly order: Order }
  /** The same order was created before; this is how it is now. */
  | { readonly kind: 'repeated'; readonly order: Order }
  /** The id belongs to an order of another amount or metadata. */
  | { readonly kind: 'conflict'; readonly id: string }
  | {
      readonly kind: 'invalid';
      readonly errors: readonly { readonly path: string; readonly message: string }[];
    };

/** Creates a pending order. A repeated request with the same id and content changes nothing. */
export async function createOrder(
  body: unknown,
  deps: {
    readonly orders: Pick<OrderStore, 'create'>;
    readonly now: () => Date;
    readonly newId: () => string;
  },
): Promise<Creation> {
  const parsed = NewOrder.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return { kind: 'invalid', errors };
  }

  const { id = deps.newId(), amount, metadata } = parsed.data;
  const order = newOrder({ id, amount, metadata, createdAt: deps.now() });
  const outcome = await deps.orders.create(order);
  if (outcome.kind === 'created') return { kind: 'created', order };

  const existing = outcome.order;
  const isSame = existing.amount === amount && isDeepStrictEqual(existing.metadata, metadata);
  return isSame ? { kind: 'repeated', order: existing } : { kind: 'conflict', id };
}
