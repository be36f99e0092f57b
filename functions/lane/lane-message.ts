import * as z from 'zod';
import { isEventKey, sha256Hex, type EventKey } from '../ledger/keys.ts';

const laneMessageSchema = z.object({
  event: z.custom<EventKey>(isEventKey),
  generation: z.int().nonnegative(),
  /** Random, in every message sent; a move task keeps it, which tells a redrive from a spare message. */
  copy: z.string().min(1).max(64),
});

/** What a message of the lane queue says: ids only, so that neither size, character set nor privacy is a question in SQS. */
export type LaneMessage = z.infer<typeof laneMessageSchema>;

/** Undefined: junk, put there by somebody else. */
export function parseLaneMessage(body: string): LaneMessage | undefined {
  try {
    return laneMessageSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** Why a message is sent: one purpose is sent once in five minutes, however often it is asked for. */
export type Purpose = 'first' | 'reopened' | 'replay' | `sweep:${string}` | `hand-over:${string}`;

/** `MessageGroupId` of a lane: one message of it is in flight at a time. A lane may be longer than the 128 characters SQS takes. */
export const groupId = (lane: string): string => sha256Hex(lane);

/** `MessageDeduplicationId`: SQS drops a second message of it for five minutes. */
export const deduplicationId = (event: EventKey, generation: number, purpose: Purpose): string =>
  sha256Hex(JSON.stringify([event, generation, purpose]));
