/**
 * `npm run test:deploy`: the stack goes up on an emulator that enforces policies, is driven from outside, repaired by the command line, updated
 * under load, destroyed, and put up again beside a second one. Needs Python 3; everything it starts ends with it.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { awsAs, root } from './aws.ts';
import { cdkOf, type Outputs } from './cdk.ts';
import { startEmulator } from './emulator.ts';
import { drillSecret, gatewayOf, type Gateway } from './gateway.ts';
import { findInArchive } from './steps/archive.ts';
import { driveExample, exampleSecrets } from './steps/example.ts';
import { repairHeldLane } from './steps/held-lane.ts';
import { sendLargeBody } from './steps/large-body.ts';
import { loadThroughUpdate } from './steps/load.ts';
import { tamperWithLedger } from './steps/ledger-watch.ts';
import { sendByIdentity } from './steps/own-senders.ts';
import { checkPolicies } from './steps/policies.ts';
import { rotate } from './steps/rotation.ts';
import { leaveToSweeper, untilSwept } from './steps/sweeper.ts';

const limitMs = 20 * 60_000;
const exampleApp = 'infra/app.ts';
const drillApp = 'test/deploy/app/app.ts';
/** An event of the load, which both stages are sent. */
const known = { id: 'lane-00-9', lane: 'lane-00' };

const folder = await mkdtemp(join(tmpdir(), 'hooklane-deploy-'));
const began = Date.now();
const emulator = await step('the emulator is up', () => startEmulator(folder));
const timer = setTimeout(() => void end(new Error(`not done within ${limitMs / 60_000} minutes`)), limitMs);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(new Error(signal)));

const { endpoint } = emulator;
const aws = awsAs(root, endpoint);
const cdk = cdkOf(emulator, folder);

try {
  await run();
  await end();
} catch (error) {
  await end(error);
}

async function run(): Promise<void> {
  await step('bootstrap', () => cdk.bootstrap());

  const example = await step('deploy infra/app.ts', async () =>
    gateway(await cdk.deploy(exampleApp, ['Hooklane']), 'Hooklane'),
  );
  await step('its resources', () => resources('Hooklane'));
  for (const [source, secret] of Object.entries(exampleSecrets))
    await putSecrets(`Hooklane-Webhooks/${source}`, [secret]);
  await step('accept, duplicate, refuse: providers, orders, strangers', () => driveExample(example));

  const drill = await step('deploy the drill', async () =>
    gateway(await cdk.deploy(drillApp, ['Drill']), 'Drill'),
  );
  for (const source of ['work', 'late']) await putSecrets(`drill/${source}`, [drillSecret]);
  await step('a held lane, repaired by the command line alone', () => repairHeldLane(drill, aws, emulator));
  await step('leave two events to the sweeper', () => leaveToSweeper(drill, aws));
  await step('a large body', () => sendLargeBody(drill));
  await step('a service of the account sends by its identity', () => sendByIdentity(drill, aws));

  await Promise.all([
    step('found by the sweeper', () => untilSwept(drill)),
    step('a secret is rotated', () =>
      rotate(drill, (source, secrets) => putSecrets(`drill/${source}`, secrets)),
    ),
    step('load, failures, repair', () =>
      loadThroughUpdate(drill, aws, () =>
        step('update under load', () =>
          cdk.deploy(drillApp, ['Drill'], { DRILL: JSON.stringify({ version: '2' }) }),
        ),
      ),
    ),
  ]);
  await step('a change of the ledger is seen', () => tamperWithLedger(drill, aws, endpoint));
  await step('policies', () => checkPolicies(drill, example, aws, endpoint));

  await step('destroy the drill', () => cdk.destroy(drillApp, ['Drill']));
  const beside = await step('deploy again, with what was left, and beside it a second stage', () =>
    redeploy(drill),
  );
  await step('the archive of the second stage', () => findInArchive(beside, aws, `work#${known.id}`));
  await step('destroy all', async () => {
    await cdk.destroy(drillApp, ['Drill', 'DrillBeside']);
    await cdk.destroy(exampleApp, ['Hooklane']);
  });
}

/**
 * Retained tables, bucket and secrets are adopted: the old events are there, their copies are duplicates, their lanes go on. Gives the second stage,
 * to which the same event is a new one.
 */
async function redeploy(old: Gateway): Promise<Gateway> {
  const secrets = Object.fromEntries(
    await Promise.all(
      ['work', 'late', 'rotated'].map(async (source) => [source, await arnOf(`drill/${source}`)] as const),
    ),
  );
  const left = {
    version: '3',
    adopt: {
      ledger: old.output('LedgerTableName'),
      state: old.output('StateTableName'),
      bodies: old.output('BodyBucketName'),
      tables: { effects: old.output('effectsTable'), switches: old.output('switchesTable') },
    },
    secrets,
  };
  const outputs = await cdk.deploy(drillApp, ['Drill', 'DrillBeside'], { DRILL: JSON.stringify(left) });
  const again = await gateway(outputs, 'Drill');
  const beside = await gateway(outputs, 'DrillBeside');
  await putSecrets('drill-beside/work', ['beside-secret']);

  assert.equal(again.output('LedgerTableName'), old.output('LedgerTableName'));
  const large = await again.event('work', 'large');
  assert.deepEqual([large?.state, large?.attempts], ['processed', 1]);
  const copy = await again.send('work', known);
  assert.deepEqual([copy.status, copy.body.status], [200, 'duplicate']);
  const before = await again.effects('work#lane-00');
  await again.send('work', { id: 'after', lane: 'lane-00' });
  await again.untilState('work', 'after', 'processed', 30_000);
  assert.deepEqual(await again.effects('work#lane-00'), [...before, 'after']);

  const foreign = await beside.send('work', known);
  const own = await beside.send('work', known, 'beside-secret');
  await beside.untilState('work', known.id, 'processed', 30_000);
  assert.deepEqual([foreign.status, own.status, own.body.status], [401, 202, 'accepted']);
  assert.deepEqual(await beside.effects('work#lane-00'), [known.id]);
  return beside;
}

async function gateway(outputs: Outputs, stack: string): Promise<Gateway> {
  const own = outputs[stack] ?? {};
  const operator = own['OperatorArn'];
  return gatewayOf(own, aws, operator === undefined ? aws : await aws.as(operator));
}

async function resources(StackName: string): Promise<string> {
  const listed = await aws.query('cloudformation', 'DescribeStackResources', { StackName });
  return `${listed.match(/<LogicalResourceId>/g)?.length ?? 0}`;
}

async function putSecrets(SecretId: string, secrets: readonly string[]): Promise<void> {
  await aws.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(secrets) }));
}

async function arnOf(SecretId: string): Promise<string> {
  const { ARN } = await aws.secrets.send(new DescribeSecretCommand({ SecretId }));
  assert.ok(ARN);
  return ARN;
}

/** A text that the work returns is told. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  const said = typeof result === 'string' ? `: ${result}` : '';
  console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}${said}`);
  return result;
}

async function end(failure?: unknown): Promise<void> {
  clearTimeout(timer);
  await cdk.stop();
  await emulator.stop();
  if (failure === undefined) {
    await rm(folder, { recursive: true });
    console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  in all`);
  } else {
    console.error(failure, `\nThe emulator's log is in ${folder}.`);
  }
  process.exit(failure === undefined ? 0 : 1);
}
