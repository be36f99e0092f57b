/** `npm run cost`: measures what an event costs, prints it, and writes docs/cost.md. */
import { writeFile } from 'node:fs/promises';
import { startTestDatabase } from '../test/support/dynamodb.ts';
import { costReport } from './cost-report.ts';
import { idleSources } from './idle-price.ts';
import { measureCosts, measureGates } from './measure-cost.ts';
import { measureIdleSweep } from './measure-idle.ts';

const page = new URL('../docs/cost.md', import.meta.url);
const database = await startTestDatabase();
try {
  const report = costReport(
    await measureCosts(database),
    await measureIdleSweep(database, idleSources),
    await measureGates(database),
  );
  await writeFile(page, report);
  process.stdout.write(report);
} finally {
  await database.close();
}
