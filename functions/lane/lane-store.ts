import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../api/handler.ts';
import type { EventKey } from '../ledger/keys.ts';
import { fewThenMany, queryPages } from '../ledger/query-pages.ts';
import { readable, UnreadableItem } from '../ledger/unreadable.ts';
import { cancellations, conditionFailure } from '../ledger/write-failure.ts';
import { raiseUnreadable } from './attention.ts';
import { dueAttributes } from './due.ts';
import { stoppedAttributes } from './gate.ts';
import { laneGroup } from './lane-group.ts';
import { laneSchema, waitingSchema, type Lane, type LaneState, type WaitItem } from './lane.ts';

const prefix = 'LANE#';
const partition = (group: string) => prefix + group;
/** The message group of the lane that has this partition key. */
export const groupOf = (pk: string): string | undefined =>
  pk.startsWith(prefix) ? pk.slice(prefix.length) : undefined;
export const laneSortKey = 'LANE';
/** Of the item that makes a lane at a gate due: the LANE itself stands in the index where the gate finds it. */
export const lookSortKey = 'LOOK';
const waitPrefix = 'WAIT#';

export const laneKey = (lane: string) => ({ pk: partition(laneGroup(lane)), sk: laneSortKey });
const waitKey = (lane: string, position: string) => ({
  pk: partition(laneGroup(lane)),
  sk: waitPrefix + position,
});

export interface LaneStoreDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly stateTable: string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Reads lanes and makes the transaction items that change them. A LANE item is only written on condition of the version that was read. */
export interface LaneStore {
  /** @throws {UnreadableItem} */
  read(lane: string): Promise<Lane | undefined>;
  /** The lane whose messages have this group id. @throws {UnreadableItem} */
  readGroup(groupId: string): Promise<Lane | undefined>;
  /** By position, page by page. An item that cannot be read is left out and put on the attention list. */
  waiting(lane: string): AsyncIterable<WaitItem>;
  /** Makes `before` (what was read; undefined: no item) into `after` (undefined: no item), under a new version. */
  change(
    before: Lane | undefined,
    after: LaneState | undefined,
  ): { readonly item: TransactItem; readonly version: string };
  /** Changes nothing; holds where the lane has no item. */
  staysOpen(lane: string): TransactItem;
  park(lane: string, waiting: WaitItem): TransactItem;
  unpark(lane: string, position: string): TransactItem;
  /** Makes the sweeper check a lane that waits at its gate. */
  lookAtGate(lane: string, dueAt: Date): TransactItem;
  /** Commits a move that no entry goes with. `moved`: read the lane again. */
  commit(items: readonly TransactItem[]): Promise<'committed' | 'moved'>;
  /** Puts an event, or the lane of this name, on the attention list: an item of it cannot be read. */
  askForHelp(about: EventKey): Promise<void>;
}

export function createLaneStore({ dynamodb, stateTable: TableName, newId, now }: LaneStoreDeps): LaneStore {
  async function readGroup(groupId: string): Promise<Lane | undefined> {
    const Key = { pk: partition(groupId), sk: laneSortKey };
    const found = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return found.Item && readable(laneSchema, found.Item);
  }

  /** A transaction of one item costs twice as much as a plain write. */
  async function write(items: readonly TransactItem[]): Promise<void> {
    const [only] = items.length === 1 ? items : [];
    if (only?.Put) await dynamodb.send(new PutCommand(only.Put));
    else if (only?.Delete) await dynamodb.send(new DeleteCommand(only.Delete));
    else if (only?.Update) await dynamodb.send(new UpdateCommand(only.Update));
    else
      await dynamodb.send(
        new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: newId() }),
      );
  }

  async function commit(items: readonly TransactItem[]): Promise<'committed' | 'moved'> {
    try {
      await write(items);
      return 'committed';
    } catch (error) {
      if (!cancellations(error) && !conditionFailure(error)) throw error;
      return 'moved';
    }
  }

  async function* waiting(lane: string): AsyncIterable<WaitItem> {
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :wait)',
      ExpressionAttributeValues: { ':pk': laneKey(lane).pk, ':wait': waitPrefix },
      ConsistentRead: true,
    };
    for await (const page of queryPages(dynamodb, query, fewThenMany)) {
      for (const item of page) {
        const parsed = waitingSchema.safeParse(item);
        if (parsed.success) yield parsed.data;
        else await askForHelp(new UnreadableItem(item).about);
      }
    }
  }

  const askForHelp = async (about: EventKey) => {
    await commit([raiseUnreadable(TableName, about, now())]);
  };

  return {
    waiting,
    readGroup,
    read: (lane) => readGroup(laneGroup(lane)),

    change(before, after) {
      const version = newId();
      const write = { TableName, ...unchangedSince(before) };
      const item = after
        ? { Put: { ...write, Item: { ...toItem(after), version } } }
        : { Delete: { ...write, Key: laneKey(before?.lane ?? '') } };
      return { version, item };
    },

    // Not a condition check: that is a right of its own, which no function has.
    staysOpen: (lane) => ({ Delete: { TableName, ...unchangedSince(undefined), Key: laneKey(lane) } }),

    park: (lane, waiting) => {
      const { until, ...fields } = waiting;
      const dates = until === undefined ? {} : { until: until.toISOString() };
      return { Put: { TableName, Item: { ...waitKey(lane, waiting.position), ...fields, ...dates } } };
    },

    unpark: (lane, position) => ({ Delete: { TableName, Key: waitKey(lane, position) } }),

    lookAtGate: (lane, dueAt) => {
      const Item = { ...laneKey(lane), sk: lookSortKey, lane, ...dueAttributes(lane, dueAt) };
      return { Put: { TableName, Item } };
    },

    commit,
    askForHelp,
  };
}

/** Holds where an item is still the one that was read, or still absent. */
export function unchangedSince(before: { readonly version: string } | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': before.version },
  };
}

function toItem({ holdUntil, gapUntil, dueAt, atGate, watchFrom, sent, behind, wanted, ...rest }: LaneState) {
  return {
    ...laneKey(rest.lane),
    ...rest,
    ...(atGate ? stoppedAttributes(rest.lane, atGate) : dueAttributes(rest.lane, dueAt)),
    ...withIsoDates({ holdUntil, gapUntil, watchFrom, atGate }),
    ...(wanted ? { wanted: JSON.stringify(wanted) } : {}),
    ...(sent ? { sent: sentItem(sent) } : {}),
    ...(behind ? { behind: sentItem(behind) } : {}),
  };
}

const sentItem = ({ behind, upTo, at, ...rest }: NonNullable<LaneState['sent']>): object => ({
  ...rest,
  ...withIsoDates({ upTo, at }),
  ...(behind ? { behind: sentItem(behind) } : {}),
});

const withIsoDates = (dates: Readonly<Record<string, Date | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(dates).flatMap(([name, date]) => (date === undefined ? [] : [[name, date.toISOString()]])),
  );
