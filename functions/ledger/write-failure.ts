import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

type Item = Record<string, unknown>;

/** The item that a failed condition met, where this error is one; errors carry items undecoded even through the document client. */
export function conditionFailure(error: unknown): { readonly item: Item | undefined } | undefined {
  if (!(error instanceof ConditionalCheckFailedException)) return undefined;
  return { item: error.Item && unmarshall(error.Item) };
}

export interface Cancellation {
  readonly code: 'none' | 'condition' | 'conflict' | 'invalid' | 'throttled';
  readonly item: Item | undefined;
}

const codes: Readonly<Record<string, Cancellation['code']>> = {
  None: 'none',
  ConditionalCheckFailed: 'condition',
  TransactionConflict: 'conflict',
  ValidationError: 'invalid',
  ItemCollectionSizeLimitExceeded: 'invalid',
};

/** The reasons of a cancelled transaction, one for each item, in order; undefined for any other error. */
export function cancellations(error: unknown): readonly Cancellation[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).map(({ Code = 'None', Item: item }) => ({
    code: codes[Code] ?? 'throttled',
    item: item && unmarshall(item),
  }));
}
