import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addGateway, anApp, buildStack } from './synthesis.ts';
import { mentions, resourcesOf, resourcesOfType, roleStatements, type Resources } from './template.ts';

/** Every name that the template itself gives to a resource. */
function physicalNames(resources: Resources): string[] {
  const naming = [
    'Name',
    'TableName',
    'QueueName',
    'BucketName',
    'FunctionName',
    'RoleName',
    'LogGroupName',
    'TopicName',
  ];
  return Object.values(resources).flatMap(({ Type, Properties }) =>
    naming.flatMap((name) => {
      const value = Properties[name];
      return typeof value === 'string' ? [`${Type} ${value}`] : [];
    }),
  );
}

const granted = (resources: Resources, holder: string) =>
  roleStatements(resources)
    .filter((one) => one.holder.startsWith(holder))
    .map(({ statement }) => statement);

describe('two gateways', () => {
  it('in one stack have names of their own, which are those of secrets and of the API alone', () => {
    const stack = new Stack(anApp(), 'Shop');
    addGateway(stack, 'Orders', 'secrets');
    addGateway(stack, 'Stock', 'secrets');

    const names = physicalNames(resourcesOf(stack));

    expect(names.sort()).toEqual([
      'AWS::ApiGatewayV2::Api Shop-Orders',
      'AWS::ApiGatewayV2::Api Shop-Stock',
      'AWS::SecretsManager::Secret Shop-Orders/bank',
      'AWS::SecretsManager::Secret Shop-Orders/my-shop',
      'AWS::SecretsManager::Secret Shop-Stock/bank',
      'AWS::SecretsManager::Secret Shop-Stock/my-shop',
    ]);
  });

  it('of two stages in one account have names of their own', () => {
    const [test, production] = ['test', 'production'].map((stage) => {
      const stack = new Stack(anApp(), `Shop-${stage}`);
      addGateway(stack, 'Webhooks', 'secrets', { prefix: 'shop', stage });
      return physicalNames(resourcesOf(stack));
    });

    expect(test).toContain('AWS::SecretsManager::Secret shop-test/bank');
    expect(production).toContain('AWS::SecretsManager::Secret shop-production/bank');
    expect(test!.filter((name) => production!.includes(name))).toEqual([]);
  });

  it('tell ingest the prefix of their secrets', () => {
    const ingest = resourcesOfType(
      resourcesOf(buildStack('secrets', { prefix: 'shop' })),
      'AWS::Lambda::Function',
    ).find(([id]) => id.startsWith('Ingest'));

    expect(ingest?.[1].Properties).toHaveProperty('Environment.Variables.HOOKLANE_SECRET_PREFIX', 'shop');
  });
});

describe("a user's own app", () => {
  it('grants its handlers a table and a topic of its own, and they get nothing else of it', () => {
    const stack = new Stack(anApp(), 'Shop');
    const hooks = addGateway(stack, 'Default', 'no-source');
    const before = granted(resourcesOf(stack), 'Processor').length;
    const again = new Stack(anApp(), 'Shop');
    const withOwn = addGateway(again, 'Default', 'no-source', { environment: { LEVEL: 'debug' } });
    const invoices = new Table(again, 'Invoices', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
    });
    const topic = new Topic(again, 'Topic');

    invoices.grantWriteData(withOwn.handlers);
    topic.grantPublish(withOwn.handlers);
    withOwn.handlers.addEnvironment('INVOICES_TABLE', invoices.tableName);

    const resources = resourcesOf(again);
    const statements = granted(resources, 'Processor');
    const processor = resourcesOfType(resources, 'AWS::Lambda::Function').find(([id]) =>
      id.startsWith('Processor'),
    );
    expect(hooks.url).toBeDefined();
    expect(statements).toHaveLength(before + 2);
    expect(
      statements.filter(
        ({ Resource }) => mentions(Resource, 'Invoices5B3BB4CB') || /Invoices/.test(JSON.stringify(Resource)),
      ),
    ).toMatchObject([{ Action: expect.arrayContaining(['dynamodb:PutItem']) as unknown }]);
    expect(statements.filter(({ Action }) => Action.includes('sns:Publish'))).toHaveLength(1);
    expect(processor?.[1].Properties).toMatchObject({
      Environment: {
        Variables: { LEVEL: 'debug', INVOICES_TABLE: { Ref: expect.stringMatching(/^Invoices/) as unknown } },
      },
    });
    for (const other of ['Ingest', 'Sweeper', 'Ops', 'DeadLetter']) {
      expect(JSON.stringify(granted(resources, other))).not.toMatch(/Invoices|Topic/);
    }
  });

  it('lets a role look, and another one operate', () => {
    const stack = new Stack(anApp(), 'Shop');
    const hooks = addGateway(stack, 'Default');
    const reader = new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const operator = new Role(stack, 'Operator', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

    hooks.grantRead(reader);
    hooks.grantOperate(operator);

    const resources = resourcesOf(stack);
    const read = JSON.stringify(granted(resources, 'Reader'));
    const operate = JSON.stringify(granted(resources, 'Operator'));
    expect(read).toContain('/GET/ops/*');
    expect(read).not.toContain('POST');
    expect(operate).toContain('/POST/ops/*');
  });

  it('gives existing secrets, which are read by their ARNs and not made', () => {
    const stack = new Stack(anApp(), 'Shop');
    const bank = Secret.fromSecretCompleteArn(
      stack,
      'Bank',
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:bank-AbCdEf',
    );
    addGateway(stack, 'Default', 'secrets', { secrets: { bank } });

    const resources = resourcesOf(stack);

    expect(resourcesOfType(resources, 'AWS::SecretsManager::Secret').map(([id]) => id)).toEqual([
      'SourceSecretmyDashshop',
    ]);
    const ingest = resourcesOfType(resources, 'AWS::Lambda::Function').find(([id]) =>
      id.startsWith('Ingest'),
    );
    expect(ingest?.[1].Properties).toHaveProperty(
      'Environment.Variables.HOOKLANE_SECRET_ARNS',
      '{"bank":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:bank-AbCdEf"}',
    );
    expect(JSON.stringify(granted(resources, 'Ingest'))).toContain('secret:bank-AbCdEf');
  });

  it('has a domain of its own, and then no other address', () => {
    const stack = new Stack(anApp(), 'Shop', { env: { account: '123456789012', region: 'eu-central-1' } });
    const certificate = Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-central-1:123456789012:certificate/1',
    );
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z1',
      zoneName: 'example.com',
    });
    const hooks = addGateway(stack, 'Default', 'one-source', {
      domain: { name: 'hooks.example.com', certificate, zone },
    });

    const resources = resourcesOf(stack);

    expect(hooks.url).toBe('https://hooks.example.com');
    expect(resourcesOfType(resources, 'AWS::ApiGatewayV2::DomainName')[0]?.[1].Properties).toMatchObject({
      DomainName: 'hooks.example.com',
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }],
    });
    expect(resources['WebhookApi']?.Properties).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(resourcesOfType(resources, 'AWS::Route53::RecordSet')).toHaveLength(1);
  });

  it('goes on with what an earlier stack has left behind', () => {
    const adopt = {
      ledger: 'old-ledger',
      state: 'old-state',
      bodies: 'old-bodies',
      tables: { orders: 'old-orders' },
    };
    const resources = resourcesOf(buildStack('one-source', { adopt }));

    const made = resourcesOfType(resources, 'AWS::DynamoDB::Table').map(([id]) => id);
    const processor = resourcesOfType(resources, 'AWS::Lambda::Function').find(([id]) =>
      id.startsWith('Processor'),
    );
    expect(made).toEqual(['LogsTable']);
    expect(resourcesOfType(resources, 'AWS::S3::Bucket')).toEqual([]);
    expect(processor?.[1].Properties).toMatchObject({
      Environment: {
        Variables: {
          HOOKLANE_LEDGER_TABLE: 'old-ledger',
          HOOKLANE_STATE_TABLE: 'old-state',
          HOOKLANE_BODY_BUCKET: 'old-bodies',
          ORDERS_TABLE: 'old-orders',
        },
      },
    });
    expect(JSON.stringify(granted(resources, 'Sweeper'))).toContain('table/old-ledger/index/by-time');
  });

  it('takes everything with it where it is for tests', () => {
    const resources = resourcesOf(buildStack('one-source', { removalPolicy: RemovalPolicy.DESTROY }));

    const kept = Object.entries(resources).filter(([, { DeletionPolicy }]) =>
      DeletionPolicy?.startsWith('Retain'),
    );

    expect(kept).toEqual([]);
    expect(resources['LedgerTable']?.Properties).toMatchObject({ DeletionProtectionEnabled: false });
  });

  it('sizes functions as it says', () => {
    const memory = resourcesOfType(
      resourcesOf(buildStack('one-source', { memoryMb: { processor: 1769 } })),
      'AWS::Lambda::Function',
    ).map(([id, { Properties }]) => [id.slice(0, 9), Properties['MemorySize']]);

    expect(memory).toContainEqual(['Processor', 1769]);
  });

  it('is told all mistakes of its configuration and its handlers', () => {
    const file = (name: string) => join(import.meta.dirname, `../local/fixtures/mistaken.${name}.ts`);

    const build = () =>
      buildStack('one-source', { configFile: file('config'), handlersFile: file('handlers') });

    expect(build).toThrow(
      /sources\.open\.retry\.attempts: .*\n.*handlers\["nobody\/\*"\]: there is no source/,
    );
  });
});
