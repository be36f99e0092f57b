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
