import * as z from 'zod';
import type { TransactItem } from '../api/handler.ts';
import { isEventKey, parseEventKey, shardOf, type EventKey } from '../ledger/keys.ts';
import { after, dueAttributes } from './due.ts';

export const attentionShards = 4;

export const attentionPartition = (shard: number): string => `ATTENTION#${shard}`;

/** Says that somebody has to look at an event. */
export const attentionSchema = z.object({
  key: z.custom<EventKey>(isEventKey),
  source: z.string(),
  lane: z.string(),
  /** The cause of a failed event, or the state: one of a fixed list, never a message from outside. */
  reason: z.string(),
  at: z.coerce.date(),
  /** Number of the entry by which the event came to rest; 0 where it is about no entry. */
  entry: z.number(),
  /** When the sweeper looks at it: its dead letter is promised, or it says that something cannot be read. */
  dueAt: z.coerce.date().optional(),
});

export type Attention = z.infer<typeof attentionSchema>;

export const attentionKey = (key: EventKey) => ({
  pk: attentionPartition(shardOf(key, attentionShards)),
  sk: key,
});

/** Puts an event on the attention list, or says anew why it is there. No condition: it never makes a transaction fail. */
export function raiseAttention(stateTable: string, attention: Attention): TransactItem {
  const { at, dueAt, ...fields } = attention;
  const due = dueAttributes(attention.key, dueAt);
  return {
    Put: {
      TableName: stateTable,
      Item: { ...attentionKey(attention.key), ...fields, at: at.toISOString(), ...due },
    },
  };
}

/** Takes an event off the attention list; harmless where it is not on it. */
export const clearAttention = (stateTable: string, key: EventKey): TransactItem => ({
  Delete: { TableName: stateTable, Key: attentionKey(key) },
});

/** The promise of a letter is kept. Holds only while the list says that the event rests by that very entry. */
export const letterArrived = (stateTable: string, key: EventKey, entry: number): TransactItem => ({
  Update: {
    TableName: stateTable,
    Key: attentionKey(key),
    UpdateExpression: 'REMOVE #due, dueAt',
    ConditionExpression: '#entry = :entry',
    ExpressionAttributeNames: { '#due': 'due', '#entry': 'entry' },
    ExpressionAttributeValues: { ':entry': entry },
  },
});

const unreadableAgainSeconds = 3600;

export const unreadableReason = 'unreadable-item';

/**
 * An item of the event, or of the lane of this name, cannot be read: the sweeper tries again every hour. Where the list has the event for
 * another reason, that stands.
 */
export const raiseUnreadable = (stateTable: string, key: EventKey, now: Date): TransactItem => {
  const raised = raiseAttention(stateTable, {
    key,
    source: parseEventKey(key)?.source ?? '',
    lane: key,
    reason: unreadableReason,
    at: now,
    entry: 0,
    dueAt: after(now, unreadableAgainSeconds),
  });
  return withCondition(raised, { ConditionExpression: 'attribute_not_exists(pk)' });
};

/** Replaces or removes the item only while it still says that something cannot be read: the event may have failed meanwhile. */
export const whileUnreadable = (item: TransactItem): TransactItem =>
  withCondition(item, {
    ConditionExpression: 'reason = :unreadable',
    ExpressionAttributeValues: { ':unreadable': unreadableReason },
  });

const withCondition = ({ Put, Delete }: TransactItem, condition: object): TransactItem => ({
  ...(Put && { Put: { ...Put, ...condition } }),
  ...(Delete && { Delete: { ...Delete, ...condition } }),
});
