import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { table } from '../../../cli/terminal/table.ts';
import { testTerminal } from '../../support/test-terminal.ts';
import type { Aws, Credentials } from '../aws.ts';
import { account, type Emulator } from '../emulator.ts';
import { until, type Gateway } from '../gateway.ts';

const lane = { id: 'work#held', entity: 'held' } as const;
const ids = ['before', 'broken', 'behind', 'last'] as const;
const reason = 'the shop is repaired';

/** One command line that was typed, how long it took, and what it told. */
interface Typed {
  readonly command: string;
  readonly seconds: number;
  readonly told: string;
}

/**
 * A held lane, found, understood, repaired and proven by the command line alone. Whoever does it has the policy `HooklaneOperate` and knows the name of
 * the stack; every command but the first, the repair's reason apart, is one that the answer before it names.
 */
export async function repairHeldLane(gateway: Gateway, aws: Aws, emulator: Emulator): Promise<string> {
  for (const id of ids) {
    const { status } = await gateway.send('work', {
      id,
      lane: lane.entity,
      ...(id === 'broken' && { fail: 'throw' }),
    });
    assert.equal(status, 202);
  }
  await gateway.untilState('work', 'broken', 'failed', 60_000);
  await gateway.untilState('work', 'last', 'waiting', 60_000);

  const onCall = await roleOnCall(gateway, aws);
  const typed: Typed[] = [];
  const type = commandLine(await onCall.credentials(), emulator, typed);

  const attention = await type('hooklane attention --stack Drill', /^work#broken .*$/m);
  assert.match(attention, /^attempts-exhausted: The handler failed in every attempt\.$/m);
  const event = await type(named(attention, 'event'), /^last error .*$/m);
  assert.match(event, /^state +failed$/m);
  assert.match(event, /^last error +Error: the shop is closed$/m);
  const audit = await type(named(event, 'audit'), /failed .*$/m);
  assert.deepEqual(whats(audit), ['accepted', 'started', 'retried', 'started', 'failed']);
  const held = await type(named(event, 'lane'), /^turn .*$/m);
  assert.match(held, /^state +held$/m);
  assert.match(held, /^turn +broken \(failed\)$/m);
  assert.match(held, /^waiting +type .*\nbehind .*\nlast /m);

  await setShop(gateway, aws, 'open');
  const redriven = await type(named(event, 'redrive').replace('TEXT', `'${reason}'`), /^work#broken is .*$/m);
  assert.match(redriven, /^work#broken is reopened now\./);
  await until('the lane has drained', 60_000, async () =>
    /^state +(open|remembering)$/m.test(await type(named(event, 'lane'), /^state .*$/m)) ? true : undefined,
  );

  const proof = await type(named(redriven, 'audit'), /redriven .*$/m);
  assert.deepEqual(whats(proof).slice(-3), ['redriven', 'started', 'processed']);
  assert.match(proof, new RegExp(`redriven .*${onCall.arn}/\\S* +${reason}$`, 'm'));
  const events = await type(`hooklane events --lane '${lane.id}' --stack Drill`, /^work#last .*$/m);
  for (const id of ids) assert.match(events, new RegExp(`^work#${id} +processed`, 'm'));
  assert.deepEqual(await gateway.effects(lane.id), ids);
  await type('hooklane attention --stack Drill', /^Nothing needs anybody\.$/m);

  await setShop(gateway, aws, 'closed');
  await onCall.leave();
  return asTable(typed);
}

/** The command of this name below an answer. */
function named(answer: string, name: string): string {
  const [command] = new RegExp(`hooklane ${name} .*$`, 'm').exec(answer) ?? [];
  assert.ok(command, `names "hooklane ${name}":\n${answer}`);
  return command;
}

/** The column of an audit that says what happened. When a dead letter is met does not matter here. */
const whats = (audit: string): readonly string[] => {
  const [heading = '', ...rows] = audit.trimEnd().split('\n');
  const at = heading.indexOf('what');
  return rows.map((row) => /^\S*/.exec(row.slice(at))?.[0] ?? '').filter((what) => what !== 'dead-lettered');
};

/** Runs what an operator types, as a process with their credentials, and notes it. `telling`: what of the answer they look at. */
function commandLine(credentials: Credentials, emulator: Emulator, typed: Typed[]) {
  const file = join(import.meta.dirname, '../../../cli/hooklane.ts');
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_REGION: emulator.environment['AWS_REGION'],
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
  return async (command: string, telling: RegExp): Promise<string> => {
    const began = performance.now();
    const shell = `hooklane() { "${process.execPath}" "${file}" "$@"; }\n${command}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', shell], { env, timeout: 60_000 });
    const [told] = telling.exec(stdout) ?? [];
    assert.ok(told, `${command} says ${telling.source}:\n${stdout}`);
    typed.push({ command, seconds: (performance.now() - began) / 1000, told });
    return stdout;
  };
}

function asTable(typed: readonly Typed[]): string {
  const sum = typed.reduce((seconds, one) => seconds + one.seconds, 0);
  const list = table(
    [
      { name: 'seconds', cell: ({ seconds }) => seconds.toFixed(1).padStart(7) },
      { name: 'command', cell: ({ command }) => command },
      { name: 'what it told', cell: ({ told }) => told.replaceAll(/ {2,}/g, '  ') },
    ],
    typed,
    testTerminal().terminal,
  );
  return `${typed.length} commands in ${sum.toFixed(1)} s\n${list}`;
}

/** Where the handler of the drill brings its effects. */
async function setShop(gateway: Gateway, aws: Aws, state: 'open' | 'closed'): Promise<void> {
  const TableName = gateway.output('switchesTable');
  const key = { pk: 'repaired' };
  if (state === 'open') await aws.dynamodb.send(new PutCommand({ TableName, Item: key }));
  else await aws.dynamodb.send(new DeleteCommand({ TableName, Key: key }));
}

/** Somebody's role in the account, to which its owner attaches the stack's policy for operators. */
async function roleOnCall(gateway: Gateway, aws: Aws) {
  const RoleName = 'OnCall';
  const PolicyArn = gateway.output('HooklaneOperatePolicyArn');
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  };
  await aws.query('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  await aws.query('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  return {
    arn: `arn:aws:sts::${account}:assumed-role/${RoleName}`,
    credentials: () => aws.credentialsOf(`arn:aws:iam::${account}:role/${RoleName}`),
    /** A policy that is attached would keep the stack from being destroyed. */
    async leave() {
      await aws.query('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
      await aws.query('iam', 'DeleteRole', { RoleName });
    },
  };
}
