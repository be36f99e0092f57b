import * as z from 'zod';
import type { TransactItem } from '../api/handler.ts';
import { isEventKey, type EventKey } from '../ledger/keys.ts';
import { after } from './due.ts';

/** Dead letters whose events have moved on. The sweeper removes them, so that each letter in the queue is work. */
export const forgottenLetters = 'LETTER';

/** As long as the dead-letter queue keeps a letter. */
const keptSeconds = 14 * 24 * 3600;

export const forgottenSchema = z.object({
  key: z.custom<EventKey>(isEventKey),
  /** Letters of this entry, and of earlier ones, are to be removed. */
  entry: z.number(),
  at: z.coerce.date(),
  /** A look through the whole queue did not find it: the next one may be the last. */
  missedAt: z.coerce.date().optional(),
});

export type ForgottenLetter = z.infer<typeof forgottenSchema>;

export const forgetLetter = (stateTable: string, key: EventKey, entry: number, now: Date): TransactItem => ({
  Put: {
    TableName: stateTable,
    Item: {
      pk: forgottenLetters,
      sk: key,
      key,
      entry,
      at: now.toISOString(),
      expiresAt: Math.floor(now.getTime() / 1000) + keptSeconds,
    },
  },
});

/** What a letter takes from the feeder to the dead-letter queue, and more. */
const onItsWaySeconds = 120;

/** A look through the whole queue did not find it. Refused if there is another letter to be removed since. */
export function missLetter(
  stateTable: string,
  { key, at, missedAt }: ForgottenLetter,
  now: Date,
): TransactItem {
  const unchanged = {
    TableName: stateTable,
    Key: { pk: forgottenLetters, sk: key },
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
  };
  const values = { ':at': at.toISOString() };
  if (missedAt && after(missedAt, onItsWaySeconds) < now)
    return { Delete: { ...unchanged, ExpressionAttributeValues: values } };
  return {
    Update: {
      ...unchanged,
      UpdateExpression: 'SET missedAt = if_not_exists(missedAt, :now)',
      ExpressionAttributeValues: { ...values, ':now': now.toISOString() },
    },
  };
}
