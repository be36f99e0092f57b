import * as z from 'zod';
import type { TransactItem } from '../handler-api/handler.ts';
import { isEventKey, shardOf, type EventKey } from '../ledger/keys.ts';

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
});

export type Attention = z.infer<typeof attentionSchema>;

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
