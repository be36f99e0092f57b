import type { CatalogEntry } from './entry.ts';

export const email: readonly CatalogEntry[] = [];
