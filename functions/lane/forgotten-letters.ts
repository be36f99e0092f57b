import * as z from 'zod';
import type { TransactItem } from '../api/handler.ts';
import { isEventKey, type EventKey } from '../ledger/keys.ts';

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

/** Refused if it was missed before, or if there is another letter to be removed since. */
export const letterIsMissed = (
  stateTable: string,
  { key, at }: ForgottenLetter,
  now: Date,
): TransactItem => ({
  Update: {
    TableName: stateTable,
    Key: { pk: forgottenLetters, sk: key },
    UpdateExpression: 'SET missedAt = :now',
    ConditionExpression: '#at = :at AND attribute_not_exists(missedAt)',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at.toISOString(), ':now': now.toISOString() },
  },
});

/** Refused if there is another letter to be removed since. */
export const letterIsGone = (stateTable: string, { key, at }: ForgottenLetter): TransactItem => ({
  Delete: {
    TableName: stateTable,
    Key: { pk: forgottenLetters, sk: key },
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at.toISOString() },
  },
});
