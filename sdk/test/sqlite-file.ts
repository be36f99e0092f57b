import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A database file of its own in a temporary folder. */
export function sqliteFile(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'hooklane-consumer-'));
  return {
    file: join(folder, 'consumer.db'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
