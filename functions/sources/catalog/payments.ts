import type { CatalogEntry } from './entry.ts';

export const payments: readonly CatalogEntry[] = [];
