import {
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';

export interface PageSizes {
  readonly first: number;
  readonly others: number;
}

/** Where the first item is nearly always the one that is wanted. */
export const fewThenMany: PageSizes = { first: 5, others: 100 };

/** The items of a query, page by page, to the last one; a page is asked for when its reader wants it. */
export async function* queryPages(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  query: QueryCommandInput,
  sizes?: PageSizes,
): AsyncGenerator<readonly Record<string, unknown>[], undefined> {
  for await (const { Items = [] } of queryAnswers(dynamodb, query, sizes)) yield Items;
}

/** The answers themselves, for whoever counts and reads no items. */
export async function* queryAnswers(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  query: QueryCommandInput,
  sizes?: PageSizes,
): AsyncGenerator<QueryCommandOutput, undefined> {
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await dynamodb.send(
      new QueryCommand({
        ...query,
        ...(sizes ? { Limit: start ? sizes.others : sizes.first } : {}),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    yield answer;
    start = answer.LastEvaluatedKey;
  } while (start);
}
