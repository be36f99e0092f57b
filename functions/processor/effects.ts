import { marshall } from '@aws-sdk/util-dynamodb';
import type { TransactItem } from '../api/handler.ts';

/** DynamoDB's transactions hold 100 items; the event's own entry, its lane and its watch items need room. */
const mostEffects = 90;

/** What a handler handed to `ctx.transact`, until its attempt settles. */
export interface Effects {
  add(items: readonly TransactItem[]): void;
  /** Everything handed over; from now on nothing more is taken. */
  close(): readonly TransactItem[];
}

/** `ownTables`: an effect on the ledger or the State table could make its own event unreadable. */
export function collectEffects(ownTables: readonly string[] = []): Effects {
  const collected: TransactItem[] = [];
  let closed = false;
  return {
    add(items) {
      if (closed) throw new Error('ctx.transact was called after the handler had returned');
      if (collected.length + items.length > mostEffects) {
        throw new RangeError(`ctx.transact takes at most ${mostEffects} items`);
      }
      for (const item of items) {
        refuseUnstorable(item);
        refuseOwnTable(item, ownTables);
      }
      collected.push(...items);
    },
    close() {
      closed = true;
      return collected;
    },
  };
}

/** Throws here, in the handler's face, what would otherwise look like a ledger that cannot be reached: a Date, a number beyond 2^53. */
function refuseUnstorable(item: TransactItem): void {
  try {
    marshall(item, { removeUndefinedValues: true });
  } catch (error) {
    throw new TypeError('ctx.transact was handed a value that DynamoDB cannot hold', { cause: error });
  }
}

function refuseOwnTable(item: TransactItem, ownTables: readonly string[]): void {
  for (const action of Object.values(item)) {
    // A table may be named by its ARN too.
    const name = action?.TableName?.split('/').at(-1);
    if (name === undefined || !ownTables.includes(name)) continue;
    throw new TypeError(`ctx.transact may not touch ${name}: it is Hooklane's own table`);
  }
}
