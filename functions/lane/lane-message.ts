import * as z from 'zod';
import { isEventKey, sha256Hex, type EventKey } from '../ledger/keys.ts';

const event = z.custom<EventKey>(isEventKey);

const laneMessageSchema = z.object({ event, generation: z.int().nonnegative() });

const letterSchema = z.object({
  deadLetter: event,
  /** Number of the entry by which the event came to rest. */
  entry: z.int().positive(),
  /** Random, in every letter sent; a move task keeps it, which tells a letter that was moved back from one that was sent twice. */
  copy: z.string().min(1).max(64),
});

/** What a message of the lane queue says: ids only, so that neither size, character set nor privacy is a question in SQS. */
export type LaneMessage = z.infer<typeof laneMessageSchema>;

/** What a message of the dead-letter queue says: this event came to rest and needs somebody. */
export type Letter = z.infer<typeof letterSchema>;

export type Message =
  | ({ readonly kind: 'lane' } & LaneMessage)
  | ({ readonly kind: 'letter' } & Letter)
  /** Put there by somebody else. */
  | { readonly kind: 'junk' };

/** Either may be met in any queue: an operator may move them where they do not belong. */
export function parseMessage(body: string): Message {
  const json = parseJson(body);
  const lane = laneMessageSchema.safeParse(json);
  if (lane.success) return { kind: 'lane', ...lane.data };
  const letter = letterSchema.safeParse(json);
  return letter.success ? { kind: 'letter', ...letter.data } : { kind: 'junk' };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Why a message is sent: one purpose is sent once in five minutes, however often it is asked for. */
export type Purpose =
  'first' | 'reopened' | 'replay' | `hand-over:${string}` | `sweep:${string}` | `moved:${string}`;

/** `MessageDeduplicationId`: SQS drops a second message of it for five minutes. */
export const deduplicationId = (event: EventKey, generation: number, purpose: Purpose): string =>
  sha256Hex(JSON.stringify([event, generation, purpose]));
