import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { queryPages } from '../../ledger/query-pages.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';

const onAPage = 100;

/** The items of a query, one by one; each request for a page of them is counted. */
export async function* countedItems(
  { dynamodb }: Pick<OperationsDeps, 'dynamodb'>,
  query: QueryCommandInput,
  budget: Budget,
): AsyncGenerator<Record<string, unknown>, undefined> {
  for await (const items of queryPages(dynamodb, { ...query, Limit: onAPage })) {
    budget.spend(1);
    yield* items;
  }
}
