import type { CatalogEntry } from './entry.ts';

export const chat: readonly CatalogEntry[] = [];
