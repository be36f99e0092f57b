import type { CatalogEntry } from './entry.ts';

export const developerTools: readonly CatalogEntry[] = [];
