import * as z from 'zod';
import type { EventKey } from '../../ledger/keys.ts';

/** An event as an index has it. */
export interface FoundEvent {
  readonly key: EventKey;
  readonly acceptedAt: string;
}

/** A place in a list of the newest first: what is older, or of the same millisecond and of a smaller key, follows. No key: what is older. */
export const placeSchema = z.tuple([z.iso.datetime(), z.string()]);
export type Place = z.infer<typeof placeSchema>;

export const placeOf = ({ acceptedAt, key }: FoundEvent): Place => [acceptedAt, key];

export const isBehind = ({ acceptedAt, key }: FoundEvent, [at, before]: Place): boolean =>
  acceptedAt < at || (acceptedAt === at && key < before);

export const newestFirst = (a: FoundEvent, b: FoundEvent): number =>
  a.acceptedAt === b.acceptedAt ? (a.key < b.key ? 1 : -1) : a.acceptedAt < b.acceptedAt ? 1 : -1;
