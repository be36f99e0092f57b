/** The local cloud as a process of its own: `node cloud.ts DATA`, with a sweeper that runs more often and may be ahead of time. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '../../local/start-cloud.ts';

const dataFolder = process.argv[2] ?? '';
const log = createWriteStream(join(dataFolder, 'cloud.log'), { flags: 'a' });

await startCloud({
  dataFolder,
  port: 0,
  configFile: join(import.meta.dirname, 'soak.config.ts'),
  handlersFile: join(import.meta.dirname, 'soak.handlers.ts'),
  entries: { sweeper: join(import.meta.dirname, 'sweeper.ts') },
  workers: 4,
  sweepEverySeconds: 5,
  log: (from, line) => log.write(`${new Date().toISOString()} [${from}] ${line}\n`),
});
