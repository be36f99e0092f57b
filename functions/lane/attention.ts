import * as z from 'zod';
import type { TransactItem } from '../api/handler.ts';
import { eventKey, isEventKey, parseEventKey, shardOf, type EventKey } from '../ledger/keys.ts';
import { after, dueAttributes } from './due.ts';
import { sourceKey } from './gate.ts';

export const attentionShards = 4;

export const attentionPartition = (shard: number): string => `ATTENTION#${shard}`;

/** An event, or a lane, that an operator has to act on. */
export const attentionSchema = z.object({
  key: z.custom<EventKey>(isEventKey),
  source: z.string(),
  lane: z.string(),
  /** The cause of a failed event, or the state: one of a fixed list, never a message from outside. */
  reason: z.string(),
  at: z.coerce.date(),
  /** Number of the entry by which the event came to rest; 0 if no entry is meant. */
  entry: z.number(),
  /** When the sweeper checks it: its dead letter is promised, or an item cannot be read and is tried again. */
  dueAt: z.coerce.date().optional(),
});

export type Attention = z.infer<typeof attentionSchema>;

export const attentionKey = (key: EventKey) => ({
  pk: attentionPartition(shardOf(key, attentionShards)),
  sk: key,
});

/**
 * Under which the list has what is wrong with a source as a whole. Each matter is an item of its own, so that none hides or ends another; its
 * gate, be it paused for long or unreadable, is under `sourceKey`.
 */
export const matterKey = (source: string, matter: 'breaker' | 'not-configured'): EventKey =>
  `${sourceKey(source)}#${matter}`;

/** Under which the list says that the sweeper is late with a source. */
export const latenessKey = (source: string): EventKey => eventKey('sweeper', source);

/** All keys under which the list may have something of a source as a whole. */
export const matterKeys = (source: string): readonly EventKey[] => [
  sourceKey(source),
  matterKey(source, 'breaker'),
  matterKey(source, notConfiguredReason),
  latenessKey(source),
];

/** Puts an event on the attention list, or replaces the reason. It has no condition, so it never makes a transaction fail. */
export function raiseAttention(stateTable: string, { at, dueAt, ...fields }: Attention): TransactItem {
  const { key } = fields;
  const Item = { ...attentionKey(key), ...fields, at: at.toISOString(), ...dueAttributes(key, dueAt) };
  return { Put: { TableName: stateTable, Item } };
}

/** The same for what is no event that came to rest: a source as a whole, or an item that cannot be read. */
export const raiseMatter = (stateTable: string, matter: Omit<Attention, 'lane' | 'entry'>): TransactItem =>
  raiseAttention(stateTable, { ...matter, lane: matter.key, entry: 0 });

/** The breaker of a source has tripped. */
export const raiseBreaker = (stateTable: string, source: string, at: Date): TransactItem =>
  raiseMatter(stateTable, { key: matterKey(source, 'breaker'), source, reason: 'breaker', at });

/** Takes an event off the attention list; does nothing if it is not on it. */
export const clearAttention = (stateTable: string, key: EventKey): TransactItem => ({
  Delete: { TableName: stateTable, Key: attentionKey(key) },
});

/** Notes that a promised letter was met, on condition that the event still rests by that entry. */
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

/** What waits for somebody to mend it is tried again after this long. */
export const mendedWithinSeconds = 3600;

export const unreadableReason = 'unreadable-item';

/**
 * Notes that an item of the event (or of the lane with this name) cannot be read; the sweeper tries again every hour. If the event is on
 * the list for another reason, that reason stays.
 */
export const raiseUnreadable = (
  stateTable: string,
  key: EventKey,
  now: Date,
  source = parseEventKey(key)?.source ?? '',
): TransactItem => {
  const dueAt = after(now, mendedWithinSeconds);
  const raised = raiseMatter(stateTable, { key, source, reason: unreadableReason, at: now, dueAt });
  return withCondition(raised, { ConditionExpression: 'attribute_not_exists(pk)' });
};

/** Adds the condition that the item still says `unreadable`: the event may have failed meanwhile, which must stay on the list. */
export const whileUnreadable = (item: TransactItem): TransactItem =>
  withCondition(item, {
    ConditionExpression: 'reason = :unreadable',
    ExpressionAttributeValues: { ':unreadable': unreadableReason },
  });

export const notConfiguredReason = 'not-configured';

/** Something was met of a source, or a subscriber, that the configuration does not name. */
export const raiseNotConfigured = (stateTable: string, source: string, now: Date): TransactItem => {
  const key = matterKey(source, notConfiguredReason);
  const dueAt = after(now, mendedWithinSeconds);
  return raiseMatter(stateTable, { key, source, reason: notConfiguredReason, at: now, dueAt });
};

const withCondition = ({ Put, Delete }: TransactItem, condition: object): TransactItem => ({
  ...(Put && { Put: { ...Put, ...condition } }),
  ...(Delete && { Delete: { ...Delete, ...condition } }),
});
