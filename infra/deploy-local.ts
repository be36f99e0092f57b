import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Deploys the stack to the emulator of `localstack-compose.yml` (`npm run deploy:local`), or to the one at AWS_ENDPOINT_URL. */
const endpoint = process.env['AWS_ENDPOINT_URL'] ?? 'http://localhost:4566';
const region = 'us-east-1';
const cdklocal = join(import.meta.dirname, '../node_modules/.bin/cdklocal');

const isUp = await fetch(endpoint).then(
  () => true,
  () => false,
);
if (!isUp) {
  console.error(
    `No emulator answers at ${endpoint}. Start one: docker compose -f localstack-compose.yml up -d --wait`,
  );
  process.exit(1);
}

run('bootstrap', `aws://000000000000/${region}`);
// An emulator has nobody to tell, and may have no alarms on metric math.
run(
  'deploy',
  '--context',
  'alarms=false',
  '--require-approval',
  'never',
  '--outputs-file',
  'cdk.out/outputs.json',
);

function run(...args: string[]): void {
  const { status } = spawnSync(cdklocal, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  });
  if (status !== 0) process.exit(status ?? 1);
}
