/** `npm run test:stores`: the tests that need PostgreSQL, MariaDB and Redis, against private ones that it starts and ends. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startServers, stopServers } from './servers.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const servers = await startServers(['postgres', 'mariadb', 'redis']);
try {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: root,
    env: {
      ...process.env,
      POSTGRES_URL: servers.postgres?.url,
      MARIADB_URL: servers.mariadb?.url,
      REDIS_URL: servers.redis?.url,
    },
  });
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
} finally {
  await stopServers(servers);
}
