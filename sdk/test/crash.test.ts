import { expect, test } from 'vitest';
import { crashRounds } from './crash-rounds.ts';
import { openCharges } from './fixtures/charges.ts';
import { sqliteFile } from './sqlite-file.ts';

const hasSqlite = Number(process.versions.node.split('.')[0]) >= 22;

test.skipIf(!hasSqlite).each(['at-least-once', 'at-most-once'] as const)(
  'killed at each point of the protocol, SQLite, %s: nothing lost, nothing doubled, nothing falsely done',
  { timeout: 120_000 },
  async (policy) => {
    const { file, remove } = sqliteFile();
    const charges = await openCharges(file, 'hooklane_consumer');
    await charges.migrate();

    const report = await crashRounds(
      charges,
      { store: file, table: 'hooklane_consumer', policy, leaseMs: 300 },
      6,
    );

    await charges.close();
    remove();
    expect(report).toMatchObject({ lost: [], doubled: [], falselyDone: [] });
    const interrupted = ['after-claim', 'inside', 'after-effect'];
    const mustBeQuarantined = policy === 'at-most-once' ? interrupted : [];
    for (const point of mustBeQuarantined) {
      expect(
        report.quarantined.some((key) => key.endsWith(point)),
        point,
      ).toBe(true);
    }
    expect(report.quarantined.length).toBeLessThanOrEqual(mustBeQuarantined.length === 0 ? 0 : 4);
  },
);
