import type { CatalogEntry } from './entry.ts';

export const workTools: readonly CatalogEntry[] = [];
