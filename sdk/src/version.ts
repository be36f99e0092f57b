import type { EntityVersion } from './store.ts';

/** What `staleIf` returns: the entity an event speaks of, and the version it has it in. */
export interface VersionedEntity {
  readonly entity: string;
  readonly version: number | bigint | string | Date;
}

const digits = 20;

/**
 * Whole numbers from 0 and dates are padded, so that byte order is their order; strings are compared byte by byte, which suits ISO
 * times and ULIDs. Throws a TypeError for a number that is negative, broken, or no longer exact.
 */
export function sortableVersion({ entity, version }: VersionedEntity): EntityVersion {
  if (typeof version === 'string') return { entity, version };
  const number = version instanceof Date ? version.getTime() : version;
  if (number < 0 || (typeof number === 'number' && !Number.isSafeInteger(number))) {
    throw new TypeError(
      `staleIf: ${String(version)} is no version: a whole number from 0, a date or a string is`,
    );
  }
  return { entity, version: String(number).padStart(digits, '0') };
}
