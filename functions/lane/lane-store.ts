import {
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../handler-api/handler.ts';
import { cancellations } from '../ledger/write-failure.ts';
import { laneSchema, waitingSchema, type Lane, type LaneState, type Waiting } from './lane.ts';

const partition = (lane: string) => `LANE#${lane}`;
const laneSortKey = 'LANE';
const waitPrefix = 'WAIT#';

export interface LaneStoreDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly stateTable: string;
  readonly newId: () => string;
}

/** Reads of lanes, and the transaction items that change them. A LANE item is only ever written under the version that was read. */
export interface LaneStore {
  read(lane: string): Promise<Lane | undefined>;
  isWaiting(lane: string, position: string): Promise<boolean>;
  /** In the order of their positions, page by page. */
  waiting(lane: string): AsyncIterable<Waiting>;
  /** Makes `before` (what was read; undefined: no item) into `after` (undefined: no item), under a new version. */
  change(
    before: Lane | undefined,
    after: LaneState | undefined,
  ): { readonly item: TransactItem; readonly version: string };
  park(lane: string, waiting: Waiting): TransactItem;
  unpark(lane: string, position: string): TransactItem;
  /** Commits a move that no entry goes with. `moved`: read the lane again. */
  commit(items: readonly TransactItem[]): Promise<'committed' | 'moved'>;
}

export function createLaneStore({ dynamodb, stateTable: TableName, newId }: LaneStoreDeps): LaneStore {
  async function* waiting(lane: string): AsyncIterable<Waiting> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :wait)',
          ExpressionAttributeValues: { ':pk': partition(lane), ':wait': waitPrefix },
          ConsistentRead: true,
          // The first one is nearly always the one.
          Limit: start === undefined ? 5 : 100,
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      for (const item of page.Items ?? []) yield waitingSchema.parse(item);
      start = page.LastEvaluatedKey;
    } while (start);
  }

  return {
    waiting,

    async read(lane) {
      const found = await dynamodb.send(
        new GetCommand({ TableName, Key: { pk: partition(lane), sk: laneSortKey }, ConsistentRead: true }),
      );
      return found.Item && laneSchema.parse(found.Item);
    },

    async isWaiting(lane, position) {
      const Key = { pk: partition(lane), sk: waitPrefix + position };
      const found = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return found.Item !== undefined;
    },

    change(before, after) {
      const version = newId();
      const condition = unchangedSince(before);
      if (after === undefined) {
        const Key = { pk: partition(before?.lane ?? ''), sk: laneSortKey };
        return { version, item: { Delete: { TableName, Key, ...condition } } };
      }
      const Item = { pk: partition(after.lane), sk: laneSortKey, ...withIsoDates(after), version };
      return { version, item: { Put: { TableName, Item, ...condition } } };
    },

    park: (lane, { ...item }) => ({
      Put: { TableName, Item: { pk: partition(lane), sk: waitPrefix + item.position, ...item } },
    }),

    unpark: (lane, position) => ({
      Delete: { TableName, Key: { pk: partition(lane), sk: waitPrefix + position } },
    }),

    async commit(items) {
      try {
        await dynamodb.send(
          new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: newId() }),
        );
        return 'committed';
      } catch (error) {
        if (!cancellations(error)) throw error;
        return 'moved';
      }
    },
  };
}

/** Holds where the LANE item is still the one that was read, or still absent. */
function unchangedSince(before: Lane | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': before.version },
  };
}

const withIsoDates = ({ deadline, ...rest }: LaneState) => ({
  ...rest,
  ...(deadline === undefined ? {} : { deadline: deadline.toISOString() }),
});
