import {
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';

/** Where the first item is nearly always the one that is wanted. */
export const fewThenMany = { first: 5, others: 100 } as const;

/** The items of a query, page by page, to the last one; a page is asked for when its reader wants it. */
export async function* queryPages(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  query: QueryCommandInput,
  sizes?: typeof fewThenMany,
): AsyncGenerator<readonly Record<string, unknown>[], undefined> {
  for await (const { Items = [] } of queryAnswers(dynamodb, query, sizes)) yield Items;
}

/** The answers themselves, for whoever counts and reads no items. */
export async function* queryAnswers(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  query: QueryCommandInput,
  sizes?: typeof fewThenMany,
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
