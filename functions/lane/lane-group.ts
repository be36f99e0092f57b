import { sha256Hex } from '../ledger/keys.ts';

/**
 * `MessageGroupId` of a lane, and part of its key in the State table: whoever receives a message can read the lane before it knows its
 * name. A hash, since a lane may be longer than the 128 characters SQS takes.
 */
export const laneGroup = (lane: string): string => sha256Hex(lane);
