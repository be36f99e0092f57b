import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';

/** True only where no item has this key yet. IAM cannot forbid a Put to overwrite; this clause does. */
const keyIsFree = 'attribute_not_exists(pk)';

/**
 * The only form in which anything is put into the ledger: never over an item that exists. The loser is handed the item that won, so
 * that it needs no second read, and can tell its own write (whose answer was lost) by the nonce.
 */
export const putOnce = (table: string, item: Record<string, unknown>) =>
  ({
    TableName: table,
    Item: item,
    ConditionExpression: keyIsFree,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }) as const satisfies PutCommandInput;
