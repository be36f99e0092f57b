import { marshall } from '@aws-sdk/util-dynamodb';
import type { TransactItem } from '../api/handler.ts';

/** A DynamoDB transaction holds 100 items, and the event's entry, lane and attention items need some of them. */
const mostEffects = 90;

/** What a handler handed to `ctx.transact`, until its attempt settles. */
export interface Effects {
  add(items: readonly TransactItem[]): void;
  /** Returns all items and accepts no more. */
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

/** Refuses a value that DynamoDB cannot store (a Date, a number beyond 2^53) at once: later it would look like an unreachable ledger. */
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
