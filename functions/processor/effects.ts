import type { TransactItem } from '../handler-api/handler.ts';

/** DynamoDB's transactions hold 100 items; the event's own entry, its lane and its watch items need room. */
const mostEffects = 90;

/** What a handler handed to `ctx.transact`, until its attempt settles. */
export interface Effects {
  add(items: readonly TransactItem[]): void;
  /** Everything handed over; from now on nothing more is taken. */
  close(): readonly TransactItem[];
}

export function collectEffects(): Effects {
  const collected: TransactItem[] = [];
  let closed = false;
  return {
    add(items) {
      if (closed) throw new Error('ctx.transact was called after the handler had returned');
      if (collected.length + items.length > mostEffects) {
        throw new RangeError(`ctx.transact takes at most ${mostEffects} items`);
      }
      collected.push(...items);
    },
    close() {
      closed = true;
      return collected;
    },
  };
}
