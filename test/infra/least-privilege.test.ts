import { Fn, Validations, type Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { HooklaneFunction } from '../../infra/constructs/hooklane-function.ts';
import { buildStack } from './synthesis.ts';
import {
  mentions,
  resourcesOf,
  resourcesOfType,
  roleStatements,
  type Resources,
  type Statement,
  type Value,
} from './template.ts';

const appendAndRead = ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'];

/** Of its stream, by the function that looks for changes. */
const readStream = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

const queues = ['LaneQueue', 'DeadLetterFeeder', 'LaneDeadLetterQueue'];

/** What an event source needs on the queue it polls. */
const consumer = (fn: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `${fn} ${action}`,
  );

describe('G7: the ledger', () => {
  it('can be appended to and read by functions, and nothing else', () => {
    const resources = resourcesOf(buildStack());

    expect(ledgerViolations(resources)).toEqual([]);
  });

  // The walk above is worth what it catches.
  it.each<[string, PolicyStatementProps]>([
    ['an update', { actions: ['dynamodb:UpdateItem'], resources: [ledgerArn()] }],
    ['a delete', { actions: ['dynamodb:DeleteItem'], resources: [ledgerArn()] }],
    ['a batch write', { actions: ['dynamodb:BatchWriteItem'], resources: [ledgerArn()] }],
    ['a PartiQL update', { actions: ['dynamodb:PartiQLUpdate'], resources: [ledgerArn()] }],
    ['an action wildcard', { actions: ['dynamodb:Put*'], resources: [ledgerArn()] }],
    ['every table', { actions: ['dynamodb:PutItem'], resources: ['*'] }],
    ['every index', { actions: ['dynamodb:Query'], resources: [Fn.join('', [ledgerArn(), '/index/*'])] }],
    [
      'tables by pattern',
      { actions: ['dynamodb:DeleteItem'], resources: ['arn:aws:dynamodb:*:*:table/Hooklane*'] },
    ],
    ['everything but reading', { notActions: ['dynamodb:GetItem'], resources: [ledgerArn()] }],
    [
      'everything elsewhere',
      { actions: ['dynamodb:DeleteItem'], notResources: ['arn:aws:dynamodb:::table/x'] },
    ],
  ])('is seen to be open when a role is granted %s', (_, granted) => {
    const stack = buildStack();
    ingestOf(stack).addToRolePolicy(new PolicyStatement(granted));
    Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::W2512', reason: 'planted' });

    const violations = ledgerViolations(resourcesOf(stack));

    expect(violations).not.toEqual([]);
  });

  it('is seen to be open when a role has a managed policy', () => {
    const stack = buildStack();
    ingestOf(stack).role?.addManagedPolicy(
      ManagedPolicy.fromAwsManagedPolicyName('AmazonDynamoDBFullAccess'),
    );

    const violations = ledgerViolations(resourcesOf(stack));

    expect(violations).not.toEqual([]);
  });
});

describe('roles', () => {
  it('name actions and resources without wildcards, but for the objects of the body bucket', () => {
    const statements = roleStatements(resourcesOf(buildStack()));

    const wildcards = statements.filter(({ statement }) =>
      hasWildcard([...statement.Action, ...statement.Resource]),
    );

    expect(wildcards.map(({ statement }) => statement.Action).flat()).toEqual([
      's3:PutObject',
      's3:GetObject',
      's3:GetObject',
    ]);
    expect(wildcards.every(({ statement }) => mentions(statement.Resource, 'BodyBucket'))).toBe(true);
  });

  it('delete nothing but state, items of the application and messages that they received', () => {
    const statements = roleStatements(resourcesOf(buildStack()));

    const deletes = statements.flatMap(({ holder, statement }) =>
      statement.Action.filter((action) => /delete|purge/i.test(action)).map((action) => ({
        action,
        holder: holder.replace(/Role.*/, ''),
        on: JSON.stringify(statement.Resource),
      })),
    );

    expect(deletes).toEqual([
      { action: 'dynamodb:DeleteItem', holder: 'Ingest', on: '[{"Fn::GetAtt":["StateTable","Arn"]}]' },
      { action: 'dynamodb:DeleteItem', holder: 'Processor', on: '[{"Fn::GetAtt":["StateTable","Arn"]}]' },
      { action: 'sqs:DeleteMessage', holder: 'Processor', on: '[{"Fn::GetAtt":["LaneQueue","Arn"]}]' },
      {
        action: 'dynamodb:DeleteItem',
        holder: 'Processor',
        on: '[{"Fn::GetAtt":["LogsTable","Arn"]},{"Fn::GetAtt":["OrdersTable","Arn"]}]',
      },
      { action: 'dynamodb:DeleteItem', holder: 'DeadLetter', on: '[{"Fn::GetAtt":["StateTable","Arn"]}]' },
      {
        action: 'sqs:DeleteMessage',
        holder: 'DeadLetter',
        on: '[{"Fn::GetAtt":["DeadLetterFeeder","Arn"]}]',
      },
      { action: 'dynamodb:DeleteItem', holder: 'Sweeper', on: '[{"Fn::GetAtt":["StateTable","Arn"]}]' },
      {
        action: 'sqs:DeleteMessage',
        holder: 'Sweeper',
        on: '[{"Fn::GetAtt":["LaneDeadLetterQueue","Arn"]}]',
      },
      { action: 'dynamodb:DeleteItem', holder: 'Ops', on: '[{"Fn::GetAtt":["StateTable","Arn"]}]' },
      // Of a move of dead letters, which SQS makes with the permissions of who starts it.
      { action: 'sqs:DeleteMessage', holder: 'Ops', on: '[{"Fn::GetAtt":["LaneDeadLetterQueue","Arn"]}]' },
      {
        action: 'dynamodb:DeleteItem',
        holder: 'Functiondesk',
        on: '[{"Fn::GetAtt":["OrdersTable","Arn"]}]',
      },
    ]);
  });

  it('name in each queue what a function does there, and let nobody send to the dead-letter queue', () => {
    const statements = roleStatements(resourcesOf(buildStack())).flatMap(({ holder, statement }) =>
      statement.Action.filter((action) => action.startsWith('sqs:')).map((action) => ({
        use: `${holder.replace(/Role.*/, '')} ${action.replace('sqs:', '')}`,
        on: statement.Resource,
      })),
    );

    const usedIn = (queue: string) =>
      statements.flatMap(({ use, on }) => (mentions(on, queue) ? use : [])).sort();
    expect(statements.every(({ on }) => on.every((one) => queues.some((q) => mentions(one, q))))).toBe(true);
    expect(usedIn('LaneQueue')).toEqual([
      'DeadLetter SendMessage',
      'Ingest SendMessage',
      'Ops GetQueueAttributes',
      'Ops SendMessage',
      ...consumer('Processor'),
      'Processor SendMessage',
      'Sweeper SendMessage',
    ]);
    expect(usedIn('DeadLetterFeeder')).toEqual([
      ...consumer('DeadLetter'),
      'Ops SendMessage',
      'Processor SendMessage',
      'Sweeper SendMessage',
    ]);
    // A move of dead letters is SQS's own, with the permissions of who starts it.
    expect(usedIn('LaneDeadLetterQueue')).toEqual([
      'Ops CancelMessageMoveTask',
      'Ops DeleteMessage',
      'Ops GetQueueAttributes',
      'Ops ListMessageMoveTasks',
      'Ops ReceiveMessage',
      'Ops StartMessageMoveTask',
      'Sweeper ChangeMessageVisibility',
      'Sweeper DeleteMessage',
      'Sweeper ReceiveMessage',
    ]);
  });

  it('find what is due in the sweeper, where lanes are listed, and where slots are handed on', () => {
    const finders = roleStatements(resourcesOf(buildStack()))
      .filter(({ statement }) => JSON.stringify(statement.Resource).includes('/index/by-due'))
      .map(({ holder, statement }) => [holder.replace(/Role.*/, ''), statement.Action]);

    expect(finders).toEqual([
      ['Processor', ['dynamodb:Query']],
      ['Sweeper', ['dynamodb:Query']],
      ['Ops', ['dynamodb:Query']],
    ]);
  });

  it('look at items of many events at once where events are listed alone', () => {
    const statements = roleStatements(resourcesOf(buildStack()));

    const holders = statements
      .filter(({ statement }) => statement.Action.includes('dynamodb:BatchGetItem'))
      .filter(({ statement }) => JSON.stringify(statement.Resource).includes('LedgerTable'))
      .map(({ holder }) => holder.replace(/Role.*/, ''));

    expect(holders).toEqual(['Ops']);
  });

  it('read secrets in ingest alone; what operators see is whether they are there', () => {
    const statements = roleStatements(resourcesOf(buildStack()));

    const readers = statements
      .filter(({ statement }) => statement.Action.some((action) => action.startsWith('secretsmanager:')))
      .map(({ holder, statement }) => [holder.replace(/Role.*/, ''), statement.Action]);

    expect(readers).toEqual([
      ['Ingest', ['secretsmanager:GetSecretValue']],
      ['Ops', ['secretsmanager:DescribeSecret']],
    ]);
  });
});

it('only the secrets of senders that hand one over can be written, and only by ingest', () => {
  const writers = roleStatements(resourcesOf(buildStack('pairing'))).filter(({ statement }) =>
    statement.Action.includes('secretsmanager:PutSecretValue'),
  );

  expect(writers.map(({ holder, statement }) => [holder.replace(/Role.*/, ''), statement])).toMatchObject([
    [
      'Ingest',
      {
        Action: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        Resource: [{ Ref: 'SourceSecretnotes' }, { Ref: 'SourceSecretshared' }],
      },
    ],
  ]);
});

/** What the template's roles may do to the ledger beyond appending and reading, in words. */
function ledgerViolations(resources: Resources): string[] {
  const managed = resourcesOfType(resources, 'AWS::IAM::Role')
    .filter(([, role]) => role.Properties['ManagedPolicyArns'] !== undefined)
    .map(([role]) => `${role} has a managed policy`);
  const granted = roleStatements(resources)
    .filter(({ statement }) => statement.Effect === 'Allow' && mayReachLedger(statement))
    .flatMap(({ holder, statement }) => [
      ...(statement.NotAction ? [`${holder} allows all actions but some`] : []),
      ...(statement.NotResource ? [`${holder} allows all resources but some`] : []),
      ...statement.Resource.filter(hasWildcard).map((one) => `${holder} reaches ${JSON.stringify(one)}`),
      ...statement.Action.filter((action) => ![...appendAndRead, ...readStream].includes(action)).map(
        (action) => `${holder} allows ${action}`,
      ),
    ]);
  return [...managed, ...granted];
}

/** By name, or by a wildcard that does not stand behind the ARN of another resource of the stack. */
function mayReachLedger({ Resource, NotResource }: Statement): boolean {
  return (
    NotResource !== undefined ||
    mentions(Resource, 'LedgerTable') ||
    Resource.some((one) => hasWildcard(one) && !JSON.stringify(one).includes('Fn::GetAtt'))
  );
}

function hasWildcard(where: Value): boolean {
  return JSON.stringify(where).includes('*');
}

function ledgerArn(): string {
  return Fn.getAtt('LedgerTable', 'Arn').toString();
}

function ingestOf(stack: Stack): HooklaneFunction {
  const ingest = stack.node.findChild('Default').node.findChild('Ingest');
  if (!(ingest instanceof HooklaneFunction)) throw new Error('the stack has no ingest function');
  return ingest;
}
