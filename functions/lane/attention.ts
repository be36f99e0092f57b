import type { TransactItem } from '../handler-api/handler.ts';
import { shardOf, type EventKey } from '../ledger/keys.ts';

export const attentionShards = 4;

export const attentionPartition = (shard: number): string => `ATTENTION#${shard}`;

/** Says that somebody has to look at an event. */
export interface Attention {
  readonly key: EventKey;
  readonly source: string;
  readonly lane: string;
  /** The cause of a failed event, or the state: one of a fixed list, never a message from outside. */
  readonly reason: string;
  readonly at: Date;
}

const itemKey = (key: EventKey) => ({ pk: attentionPartition(shardOf(key, attentionShards)), sk: key });

/** Puts an event on the attention list, or says anew why it is there. No condition: it never makes a transaction fail. */
export const raiseAttention = (stateTable: string, attention: Attention): TransactItem => ({
  Put: {
    TableName: stateTable,
    Item: { ...itemKey(attention.key), ...attention, at: attention.at.toISOString() },
  },
});

/** Takes an event off the attention list; harmless where it is not on it. */
export const clearAttention = (stateTable: string, key: EventKey): TransactItem => ({
  Delete: { TableName: stateTable, Key: itemKey(key) },
});
