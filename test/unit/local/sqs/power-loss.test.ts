import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../../../../local/sqs/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklane-power-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what the local cloud says of its queues after a loss of power is how they are written', () => {
  const database = new Database(join(folder, 'queues.db'));

  const [journal, synchronous] = [
    database.get('PRAGMA journal_mode'),
    database.get('PRAGMA synchronous'),
  ].map((row) => Object.values(row ?? {})[0]);
  database.close();

  // 1 is NORMAL: with a write-ahead log a commit waits for no disk, and a loss of power takes whole commits, the last ones.
  expect([journal, synchronous]).toEqual(['wal', 1]);
  const said = readFileSync(join(import.meta.dirname, '../../../../docs/local-cloud.md'), 'utf8');
  expect(said).toContain('`synchronous = NORMAL`');
});
