import type { CatalogEntry } from './entry.ts';

export const identity: readonly CatalogEntry[] = [];
