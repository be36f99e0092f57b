import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tables } from '../../../functions/runtime/settings.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { Random } from '../random.ts';
import { DynamoDbModel } from './model.ts';

type Send = Pick<DynamoDBDocumentClient, 'send'>['send'];

/** Commands in every form that the project's code sends, on few keys, so that they meet. */
function* commands(random: Random, TableName: string): Iterable<object> {
  const key = () => ({ pk: random.pick(['a', 'b']), sk: random.pick(['EVENT', 'LOG#1', 'LOG#2', 'WAIT#1']) });
  const item = () => ({
    ...key(),
    version: random.pick(['1', '2']),
    n: random.int(0, 3),
    ...(random.chance(0.5)
      ? { lane: random.pick(['x', 'y']), acceptedAt: `2026-01-0${random.int(1, 3)}` }
      : {}),
    ...(random.chance(0.3)
      ? { order: { sequence: random.int(0, 2) }, gone: undefined, bytes: Uint8Array.of(1) }
      : {}),
  });
  const conditions = [
    {},
    { ConditionExpression: 'attribute_not_exists(pk)' },
    {
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': random.pick(['1', '2']) },
    },
    {
      ConditionExpression: 'attribute_exists(pk) AND (n < :n OR NOT n BETWEEN :low AND :n)',
      ExpressionAttributeValues: { ':n': 2, ':low': 1 },
    },
  ] as const;
  const guarded = () => ({
    ...random.pick(conditions),
    ...(random.chance(0.5) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {}),
  });
  const add = () => ({
    TableName,
    Key: key(),
    UpdateExpression: 'ADD hits :one SET seenAt = :at',
    ExpressionAttributeValues: { ':one': 1, ':at': 'now' },
  });
  // Tokens are known in all of the account.
  const token = () => `${TableName}-${random.int(1, 3)}`;
  for (;;) {
    switch (random.int(0, 7)) {
      case 0:
        yield new PutCommand({ TableName, Item: item(), ...guarded() });
        break;
      case 1:
        yield new DeleteCommand({ TableName, Key: key(), ...guarded() });
        break;
      case 2:
        yield new UpdateCommand({ ...add(), ReturnValues: 'ALL_NEW' });
        break;
      case 3:
        yield new GetCommand({ TableName, Key: key(), ConsistentRead: true });
        break;
      case 4:
        yield new TransactWriteCommand({
          ...(random.chance(0.3) ? { ClientRequestToken: token() } : {}),
          TransactItems: Array.from({ length: random.int(1, 3) }, () => {
            const kind = random.int(0, 3);
            if (kind === 0) return { Put: { TableName, Item: item(), ...guarded() } };
            if (kind === 1) return { Delete: { TableName, Key: key(), ...guarded() } };
            if (kind === 2) return { Update: add() };
            return {
              ConditionCheck: { TableName, Key: key(), ConditionExpression: 'attribute_exists(pk)' },
            };
          }),
        });
        break;
      case 5: {
        const isRange = random.chance(0.5);
        const range = isRange ? 'sk BETWEEN :a AND :b' : 'begins_with(sk, :a)';
        yield new QueryCommand({
          TableName,
          KeyConditionExpression: `pk = :pk AND ${range}`,
          ExpressionAttributeValues: {
            ':pk': random.pick(['a', 'b']),
            ':a': isRange ? 'EVENT' : 'LOG#',
            ...(isRange ? { ':b': 'LOG#~' } : {}),
          },
          ConsistentRead: true,
          ScanIndexForward: random.chance(0.5),
          ...(random.chance(0.5) ? { Limit: random.int(1, 2) } : {}),
        });
        break;
      }
      case 6:
        yield new BatchGetCommand({
          RequestItems: {
            [TableName]: {
              Keys: [key(), key()],
              ProjectionExpression: 'pk, sk, #lane',
              ExpressionAttributeNames: { '#lane': 'lane' },
            },
          },
        });
        break;
      default:
        yield new QueryCommand({
          TableName,
          IndexName: 'by-lane',
          KeyConditionExpression: '#lane = :lane AND acceptedAt < :at',
          ExpressionAttributeNames: { '#lane': 'lane' },
          ExpressionAttributeValues: { ':lane': random.pick(['x', 'y']), ':at': '2026-01-03' },
          ScanIndexForward: random.chance(0.5),
        });
    }
  }
}

/** What came of a command, as far as the project's code looks at it. */
async function outcomeOf(send: Send, command: object): Promise<unknown> {
  try {
    const answer: unknown = await Reflect.apply(send, undefined, [command]);
    const read = (name: string): unknown =>
      typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
    return {
      item: read('Item'),
      items: read('Items'),
      attributes: read('Attributes'),
      last: read('LastEvaluatedKey'),
      responses: inAnyOrder(read('Responses')),
    };
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons ?? [];
      return { cancelled: reasons.map(({ Code, Item }) => ({ Code, item: Item && unmarshall(Item) })) };
    }
    const item: unknown = error instanceof Error ? Reflect.get(error, 'Item') : undefined;
    return { refused: error instanceof Error ? error.name : '?', had: item !== undefined };
  }
}

/** Items of a batch come as DynamoDB likes. */
function inAnyOrder(responses: unknown): readonly string[] {
  const items: unknown[] = Object.values(responses ?? {}).flat();
  return items.map((item) => JSON.stringify(Object.entries(item ?? {}).sort())).sort();
}

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

it.each(Array.from({ length: 12 }, (_, index) => index))(
  'answers as DynamoDB does, whatever is asked of it: sequence %i',
  { timeout: 60_000 },
  async (index) => {
    const TableName = await database.table('ledger');
    const model = new DynamoDbModel({ now: Date.now });
    model.createTable(TableName, tables.ledger);
    const onModel = (async (command: object) => model.execute(command)) as Send;
    const onDatabase: Send = (command: never) => database.dynamodb.send(command);

    let left = 150;
    for (const command of commands(new Random(`parity ${index}`), TableName)) {
      const expected = await outcomeOf(onDatabase, command);

      expect({ command, outcome: await outcomeOf(onModel, command) }).toEqual({ command, outcome: expected });
      if (--left === 0) break;
    }
  },
);
