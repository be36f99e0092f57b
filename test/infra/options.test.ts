import { describe, expect, it } from 'vitest';
import type { WebhookGatewayProps } from '../../infra/index.ts';
import { buildStack, buildStackWithKey } from './synthesis.ts';
import { mentions, resourcesOf, resourcesOfType, roleStatements, type Resources } from './template.ts';

const propertiesOf = (resources: Resources, type: string) =>
  resourcesOfType(resources, type).map(([, { Properties }]) => Properties);

describe('a key of your own', () => {
  it('encrypts tables, queues, secrets and buckets, and each function may use it', () => {
    const resources = resourcesOf(buildStackWithKey());
    const isKey = (value: unknown) => mentions(value as never, ownKeyOf(resources));

    for (const { SSESpecification } of propertiesOf(resources, 'AWS::DynamoDB::Table'))
      expect(SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    for (const { KmsMasterKeyId } of propertiesOf(resources, 'AWS::SQS::Queue'))
      expect(isKey(KmsMasterKeyId)).toBe(true);
    for (const { KmsKeyId } of propertiesOf(resources, 'AWS::SecretsManager::Secret'))
      expect(isKey(KmsKeyId)).toBe(true);
    for (const { BucketEncryption } of propertiesOf(resources, 'AWS::S3::Bucket'))
      expect(isKey(BucketEncryption)).toBe(true);
    const users = roleStatements(resources)
      .filter(({ statement }) => statement.Action.includes('kms:Decrypt') && isKey(statement.Resource))
      .map(({ holder }) => holder.replace(/Role.*/, ''));
    expect([...new Set(users)].sort()).toEqual(
      ['ArchiveCopy', 'DeadLetter', 'Ingest', 'LedgerWatch', 'Ops', 'Processor', 'Sweeper'].sort(),
    );
  });

  it('is none by default', () => {
    expect(JSON.stringify(resourcesOf(buildStack()))).not.toMatch(/kms:|KmsMasterKeyId/);
  });
});

const ownKeyOf = (resources: Resources): string =>
  resourcesOfType(resources, 'AWS::KMS::Key')[0]?.[0] ?? 'none';

describe('an archive', () => {
  it.each(['governance', 'compliance'] as const)('locks what is in it, by %s', (mode) => {
    const resources = resourcesOf(buildStack('one-source', { archive: { days: 400, mode } }));

    expect(resources['LedgerArchive']).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          Rule: { DefaultRetention: { Days: 400, Mode: mode.toUpperCase() } },
        },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
  });

  it('is fed by the stream: by all but what the time to live removes, again and again until it is taken', () => {
    const resources = resourcesOf(buildStack('one-source', { archive: { days: 400 } }));

    const [mapping] = propertiesOf(resources, 'AWS::Lambda::EventSourceMapping').filter((properties) =>
      JSON.stringify(properties['FunctionName']).includes('ArchiveCopy'),
    );
    expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
    expect(mapping).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['LedgerTable', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: {
        Filters: [
          { Pattern: '{"eventName":["INSERT"]}' },
          { Pattern: '{"eventName":["MODIFY"]}' },
          { Pattern: '{"eventName":["REMOVE"],"userIdentity":{"type":[{"exists":false}]}}' },
        ],
      },
    });
  });

  it('of an adopted ledger needs its stream', () => {
    const build = () => buildStack('one-source', { archive: { days: 1 }, adopt: { ledger: 'old-ledger' } });

    expect(build).toThrow(/adopt\.ledgerStream/);
  });
});

describe('in production', () => {
  it('the stack cannot be deleted by mistake, and what is in it says whose it is', () => {
    const stack = buildStack('one-source', { production: true, prefix: 'shop' });

    expect(stack.terminationProtection).toBe(true);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Lambda::Function'])
      for (const { Tags } of propertiesOf(resourcesOf(stack), type))
        expect(Tags).toContainEqual({ Key: 'hooklane', Value: 'shop' });
    expect(buildStack().terminationProtection).not.toBe(true);
  });
});

describe('reserved concurrency', () => {
  it('is kept for the functions that are named', () => {
    const resources = resourcesOf(
      buildStack('one-source', { reservedConcurrency: { ingest: 20, processor: 60 } }),
    );

    const reserved = resourcesOfType(resources, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) => {
      const { ReservedConcurrentExecutions: kept } = Properties;
      return kept === undefined ? [] : [[id.replace(/[0-9A-F]{8}$/, ''), kept]];
    });
    expect(reserved).toEqual([
      ['Ingest', 20],
      ['Processor', 60],
    ]);
  });

  it('of the processor is not below what its event source may ask for', () => {
    const build = () => buildStack('one-source', { reservedConcurrency: { processor: 10 } });

    expect(build).toThrow('reservedConcurrency.processor: 10 is below processor.maxConcurrency (50)');
  });
});

it('addresses of your own and buckets take TLS 1.2 at least', () => {
  const resources = resourcesOf(buildStackWithKey());

  const policies = JSON.stringify(propertiesOf(resources, 'AWS::S3::BucketPolicy'));
  expect(policies.match(/"s3:TlsVersion":1\.2/g)).toHaveLength(2);
});

describe('X-Ray', () => {
  const traced = (props: WebhookGatewayProps) =>
    resourcesOfType(resourcesOf(buildStack('one-source', props)), 'AWS::Lambda::Function')
      .filter(([, { Properties }]) => Properties['TracingConfig'] !== undefined)
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));

  it('records ingest and processor alone, and nothing by default', () => {
    expect(traced({ xRay: true })).toEqual(['Ingest', 'Processor']);
    expect(traced({})).toEqual([]);
  });
});

describe('the policies of operators', () => {
  const policies = (props: WebhookGatewayProps) => {
    const resources = resourcesOf(buildStack('one-source', props));
    const names = resourcesOfType(resources, 'AWS::IAM::ManagedPolicy').map(([id]) => id);
    return { names, statements: roleStatements(resources).filter(({ holder }) => names.includes(holder)) };
  };
  const { names, statements } = policies({ operatorPolicies: true });

  /** The methods and paths of the API that a policy allows. */
  const allowed = (name: string) =>
    statements
      .filter(
        ({ holder, statement }) => holder.includes(name) && statement.Action.includes('execute-api:Invoke'),
      )
      .flatMap(({ statement }) => statement.Resource)
      .map((resource) => /\/\$default\/(\w+\/[^"]*)"/.exec(JSON.stringify(resource))?.[1]);

  it('are two: one that looks, one that acts as well, and neither at what was received', () => {
    expect(names).toHaveLength(2);
    expect(allowed('HooklaneRead')).toEqual(['GET/ops/*']);
    expect(allowed('HooklaneOperate')).toEqual(['GET/ops/*', 'POST/ops/*']);
  });

  it('let nobody do anything but ask the API, and CloudFormation where it is', () => {
    const actions = new Set(statements.flatMap(({ statement }) => statement.Action));

    expect([...actions].sort()).toEqual(['cloudformation:DescribeStacks', 'execute-api:Invoke']);
    expect(statements.every(({ statement }) => statement.Effect === 'Allow')).toBe(true);
  });

  it('are none by default', () => {
    expect(policies({}).names).toEqual([]);
  });
});
