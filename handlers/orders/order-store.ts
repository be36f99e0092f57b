import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TransactItem } from 'hooklane';
import * as z from 'zod';
import { EventRow, eventRow, orderKey, OrderRow, orderRow, partitionKey } from './order-rows.ts';
import type { Order, OrderEvent } from './order.ts';

export interface OrderStore {
  /** Never replaces an order: of several with one id the first one stands. */
  create(order: Order): Promise<{ kind: 'created' } | { kind: 'exists'; order: Order }>;
  /** Strongly consistent. */
  read(id: string): Promise<Order | undefined>;
  /** The order with its events, oldest first. Strongly consistent. */
  history(id: string): Promise<{ order: Order; events: OrderEvent[] } | undefined>;
  /** The same as `create`, for one transaction. */
  createItems(order: Order): TransactItem[];
  /** The order's new status and its event, for one transaction: both or neither, and only if the order is as it was read. */
  moveItems(order: Order, event: OrderEvent): TransactItem[];
}

export function orderStore(client: DynamoDBDocumentClient, table: string): OrderStore {
  const idIsFree = 'attribute_not_exists(pk)';
  const putNew = (order: Order) => ({
    TableName: table,
    Item: orderRow(order),
    ConditionExpression: idIsFree,
  });

  return {
    async create(order) {
      try {
        await client.send(
          // The loser sees the winner's order without a second read.
          new PutCommand({ ...putNew(order), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        );
        return { kind: 'created' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        return { kind: 'exists', order: OrderRow.parse(unmarshall(error.Item)) };
      }
    },

    async read(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: orderKey(id), ConsistentRead: true }),
      );
      return Item && OrderRow.parse(Item);
    },

    async history(id) {
      // One page: an order moves three times at most, and its metadata is bounded.
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :order',
          ExpressionAttributeValues: { ':order': partitionKey(id) },
          ConsistentRead: true,
        }),
      );
      const row = Items.at(-1);
      if (!row) return undefined;
      return {
        order: OrderRow.parse(row),
        events: Items.slice(0, -1).map((item) => EventRow.parse(item)),
      };
    },

    createItems: (order) => [{ Put: putNew(order) }],

    moveItems(order, event) {
      // Wins only if nobody moved the order since it was read.
      const orderIsAsRead = '#version = :read';
      // An event is written once: what happened is never rewritten.
      const eventIsNew = 'attribute_not_exists(pk)';
      return [
        {
          Update: {
            TableName: table,
            Key: orderKey(order.id),
            UpdateExpression: 'SET #status = :to, #version = :next',
            ConditionExpression: orderIsAsRead,
            ExpressionAttributeNames: { '#status': 'status', '#version': 'version' },
            ExpressionAttributeValues: { ':to': event.to, ':next': event.version, ':read': order.version },
          },
        },
        {
          Put: {
            TableName: table,
            Item: eventRow(order.id, event),
            ConditionExpression: eventIsNew,
          },
        },
      ];
    },
  };
}

let store: OrderStore | undefined;

/**
 * The store of the table that `ORDERS_TABLE` names. Made on first use and not on import: `hooklane.config.ts` is also read
 * where there is no table, by ingest and when the stack is synthesized.
 */
export function ordersTable(): OrderStore {
  store ??= orderStore(
    DynamoDBDocumentClient.from(new DynamoDBClient({})),
    z.string('ORDERS_TABLE is not set').parse(process.env.ORDERS_TABLE),
  );
  return store;
}
