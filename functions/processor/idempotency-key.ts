import { sha256Hex, type EventKey } from '../ledger/keys.ts';

/** The same over retries, crashes and redrives of an event; another for each replay. 64 hex characters. */
export const idempotencyKey = (event: EventKey, replay: number): string => sha256Hex(`${event}#${replay}`);
