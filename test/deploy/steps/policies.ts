import assert from 'node:assert/strict';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { account } from '../emulator.ts';
import type { Aws } from '../aws.ts';
import type { Gateway } from '../gateway.ts';

const functions = ['Ingest', 'Processor', 'DeadLetter', 'Sweeper', 'Ops'] as const;
type FunctionName = (typeof functions)[number];

interface Call {
  readonly what: string;
  /** Who may; it is denied to all others. */
  readonly may: readonly FunctionName[];
  /** Changes nothing where it is allowed. */
  readonly call: (aws: Aws) => Promise<unknown>;
}

/** What each function may do with what the stack keeps. A call that gets past the policies and fails for another reason was allowed. */
function calls(gateway: Gateway, another: Gateway): readonly Call[] {
  const ledger = gateway.output('LedgerTableName');
  const state = gateway.output('StateTableName');
  const Key = { pk: 'none', sk: 'none' };
  const never = { ConditionExpression: 'attribute_exists(pk)' };
  const put = (TableName: string) => ({ TableName, Item: Key, ...never });
  const update = (TableName: string) => ({ TableName, Key, ...never, UpdateExpression: 'REMOVE x' });
  const query = (TableName: string) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'none' },
    });
  const secret = (SecretId: string) => (aws: Aws) =>
    aws.secrets.send(new GetSecretValueCommand({ SecretId }));
  const send = (QueueUrl: string, aws: Aws) =>
    aws.sqs.send(
      // Refused by SQS once the policies let it through: an id that no queue takes.
      new SendMessageCommand({
        QueueUrl,
        MessageBody: '-',
        MessageGroupId: ' ',
        MessageDeduplicationId: ' ',
      }),
    );
  const receive = (QueueUrl: string, aws: Aws) =>
    aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  const nobody: readonly FunctionName[] = [];
  return [
    {
      what: 'append to the ledger',
      may: functions,
      call: ({ dynamodb }) => dynamodb.send(new PutCommand(put(ledger))),
    },
    { what: 'read the ledger', may: functions, call: ({ dynamodb }) => dynamodb.send(query(ledger)) },
    {
      what: 'update the ledger',
      may: nobody,
      call: ({ dynamodb }) => dynamodb.send(new UpdateCommand(update(ledger))),
    },
    {
      what: 'update the ledger within a transaction',
      may: nobody,
      call: ({ dynamodb }) =>
        dynamodb.send(new TransactWriteCommand({ TransactItems: [{ Update: update(ledger) }] })),
    },
    {
      what: 'delete from the ledger',
      may: nobody,
      call: ({ dynamodb }) => dynamodb.send(new DeleteCommand({ TableName: ledger, Key, ...never })),
    },
    {
      what: 'move a lane',
      may: functions,
      call: ({ dynamodb }) => dynamodb.send(new PutCommand(put(state))),
    },
    {
      what: 'update the state',
      may: functions,
      call: ({ dynamodb }) => dynamodb.send(new UpdateCommand(update(state))),
    },
    {
      what: 'list what waits and what needs attention',
      may: ['Processor', 'Sweeper', 'Ops'],
      call: ({ dynamodb }) => dynamodb.send(query(state)),
    },
    {
      what: 'get an item of the ledger',
      may: nobody,
      call: ({ dynamodb }) => dynamodb.send(new GetCommand({ TableName: ledger, Key })),
    },
    {
      what: "write another gateway's ledger",
      may: nobody,
      call: ({ dynamodb }) => dynamodb.send(new PutCommand(put(another.output('LedgerTableName')))),
    },
    { what: "read a source's secret", may: ['Ingest'], call: secret('drill/work') },
    { what: "read another gateway's secret", may: nobody, call: secret('Hooklane-Webhooks/github') },
    {
      what: "write a handler's table",
      may: ['Processor'],
      call: ({ dynamodb }) => dynamodb.send(new PutCommand(put(gateway.output('effectsTable')))),
    },
    { what: 'send to the lanes', may: functions, call: (aws) => send(gateway.output('LaneQueueUrl'), aws) },
    {
      what: 'receive from the lanes',
      may: ['Processor'],
      call: (aws) => receive(gateway.output('LaneQueueUrl'), aws),
    },
    {
      // Ops too, as below: SQS moves letters with the permissions of who asks for it.
      what: 'send a dead letter to the feeder',
      may: ['Processor', 'Sweeper', 'Ops'],
      call: (aws) => send(gateway.output('FeederUrl'), aws),
    },
    {
      what: 'send to the dead-letter queue',
      may: nobody,
      call: (aws) => send(gateway.output('DeadLetterQueueUrl'), aws),
    },
    {
      what: 'look into the dead-letter queue',
      may: ['Sweeper', 'Ops'],
      call: (aws) => receive(gateway.output('DeadLetterQueueUrl'), aws),
    },
  ];
}

/** Asks as each function does, with its role, for everything that any may do, and for what none may. */
export async function checkPolicies(
  gateway: Gateway,
  another: Gateway,
  aws: Aws,
  endpoint: string,
): Promise<string> {
  const roles = await rolesOf(aws, endpoint);
  const wrong: string[] = [];
  let asked = 0;
  for (const name of functions) {
    const fn = await assumed(roles, name, aws);
    for (const { what, may, call } of calls(gateway, another)) {
      asked++;
      const isAllowed = await passesPolicies(() => call(fn));
      if (isAllowed !== may.includes(name)) wrong.push(`${name} may ${isAllowed ? '' : 'not '}${what}`);
    }
  }
  assert.deepEqual(wrong, []);
  // The account itself gets through, so what was denied was denied by a policy.
  for (const { what, call } of calls(gateway, another))
    assert.ok(await passesPolicies(() => call(aws)), what);
  return `${asked} calls`;
}

async function passesPolicies(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    const { name } = z.object({ name: z.string() }).parse(error);
    return !name.startsWith('AccessDenied');
  }
}

const Functions = z.object({ Functions: z.array(z.object({ FunctionName: z.string(), Role: z.string() })) });

/** ARN by what the name of the drill's function begins with. */
async function rolesOf(aws: Aws, endpoint: string): Promise<ReadonlyMap<string, string>> {
  const listed = await aws.signed('lambda', { method: 'GET', url: `${endpoint}/2015-03-31/functions/` });
  const all = Functions.parse(await listed.json()).Functions;
  return new Map(
    all.flatMap(({ FunctionName, Role }) => {
      const name = /^Drill-Webhooks([A-Za-z]+?)[0-9A-F]{8}-/.exec(FunctionName)?.[1];
      return name === undefined ? [] : [[name, Role]];
    }),
  );
}

/** A function's role trusts Lambda alone; for this test it trusts the account as well. */
async function assumed(roles: ReadonlyMap<string, string>, name: FunctionName, aws: Aws): Promise<Aws> {
  const arn = roles.get(name);
  assert.ok(arn, `there is a function ${name}`);
  const trust = ['lambda.amazonaws.com', account].map((principal, at) => ({
    Effect: 'Allow',
    Principal: at === 0 ? { Service: principal } : { AWS: principal },
    Action: 'sts:AssumeRole',
  }));
  await aws.query('iam', 'UpdateAssumeRolePolicy', {
    RoleName: arn.split('/').at(-1) ?? '',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
  });
  return await aws.as(arn);
}
