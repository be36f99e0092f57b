import { describe, expect, it } from 'vitest';
import { buildStack } from './synthesis.ts';
import {
  mentions,
  resourcePolicyStatements,
  resourcesOf,
  resourcesOfType,
  type Resource,
} from './template.ts';

const resources = resourcesOf(buildStack());

/** By logical id: the pinned ones are part of what is tested. */
function resource(logicalId: string, from = resources): Resource {
  const found = from[logicalId];
  if (!found) throw new Error(`no resource ${logicalId}; there are ${Object.keys(from).join(', ')}`);
  return found;
}

function properties(logicalId: string, from = resources): Resource['Properties'] {
  return resource(logicalId, from).Properties;
}

/** The function of a construct id, whose logical id ends in a hash. */
function functionNamed(id: string, from = resources): Resource['Properties'] {
  const found = resourcesOfType(from, 'AWS::Lambda::Function').find(([name]) => name.startsWith(id));
  if (!found) throw new Error(`no function ${id}`);
  return found[1].Properties;
}

function eventSources(queue: string, from = resources): Resource['Properties'][] {
  return resourcesOfType(from, 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => Properties)
    .filter(({ EventSourceArn = '' }) => mentions(EventSourceArn, queue));
}

describe.each(['LedgerTable', 'StateTable', 'OrdersTable'])('%s', (table) => {
  it('can be restored to any second of the last 35 days', () => {
    expect(properties(table)).toHaveProperty(
      'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
      true,
    );
  });

  it('outlives the stack and cannot be deleted by mistake', () => {
    expect(resource(table)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  it('is billed by request, keyed by strings and expires by its TTL attribute', () => {
    expect(properties(table)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });
});

describe('the ledger', () => {
  it('streams what was before and after, so that an overwrite shows', () => {
    expect(properties('LedgerTable')).toHaveProperty(
      'StreamSpecification.StreamViewType',
      'NEW_AND_OLD_IMAGES',
    );
  });

  it('is indexed by lane and by time with keys alone, which is what an event pays for', () => {
    expect(properties('LedgerTable')['GlobalSecondaryIndexes']).toEqual([
      expect.objectContaining({
        IndexName: 'by-lane',
        KeySchema: [
          { AttributeName: 'lane', KeyType: 'HASH' },
          { AttributeName: 'acceptedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }),
      expect.objectContaining({
        IndexName: 'by-time',
        KeySchema: [
          { AttributeName: 'minute', KeyType: 'HASH' },
          { AttributeName: 'acceptedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }),
    ]);
  });
});

it('the state table is indexed by what is due, with keys alone', () => {
  expect(properties('StateTable')['GlobalSecondaryIndexes']).toEqual([
    expect.objectContaining({
      IndexName: 'by-due',
      KeySchema: [
        { AttributeName: 'due', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    }),
  ]);
});

describe.each(['LaneQueue', 'DeadLetterFeeder', 'LaneDeadLetterQueue'])('%s', (queue) => {
  it('is FIFO, with order, deduplication and throughput per lane', () => {
    expect(properties(queue)).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    expect(properties(queue)).not.toHaveProperty('ContentBasedDeduplication');
  });

  it('keeps messages for 14 days and outlives the stack', () => {
    expect(resource(queue)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: { MessageRetentionPeriod: 14 * 24 * 3600 },
    });
  });

  it('is encrypted, and refuses requests without TLS', () => {
    expect(properties(queue)).toMatchObject({ SqsManagedSseEnabled: true });
    expect(resourcePolicyStatements(resources, queue)).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['sqs:*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe('the lane queue', () => {
  it('hides a message for ten seconds more than one attempt may take', () => {
    const slow = resourcesOf(buildStack('slow'));

    expect(properties('LaneQueue')).toMatchObject({ VisibilityTimeout: 30 + 10 });
    expect(properties('LaneQueue', slow)).toMatchObject({ VisibilityTimeout: 120 + 10 });
    expect(functionNamed('Processor', slow)).toMatchObject({ Timeout: 120 });
  });

  it('dead-letters nothing before the most receives that SQS has', () => {
    expect(properties('LaneQueue')).toMatchObject({
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['LaneDeadLetterQueue', 'Arn'] },
        maxReceiveCount: 1000,
      },
    });
  });

  it('hands the processor one message a time, as many lanes at once as configured', () => {
    const wide = resourcesOf(buildStack('slow'));

    expect(eventSources('LaneQueue', wide)).toEqual([
      expect.objectContaining({
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 7 },
        FunctionName: { Ref: expect.stringMatching(/^Processor/) as string },
      }),
    ]);
    expect(eventSources('LaneQueue', wide)[0]).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});

describe('the feeder', () => {
  it('leaves a letter to SQS after one receive, for the same dead-letter queue as the lane queue', () => {
    expect(properties('DeadLetterFeeder')).toMatchObject({
      VisibilityTimeout: 20,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['LaneDeadLetterQueue', 'Arn'] },
        maxReceiveCount: 1,
      },
    });
  });

  it('hands its function ten letters at a time, five batches at once', () => {
    expect(eventSources('DeadLetterFeeder')).toEqual([
      expect.objectContaining({
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 5 },
        FunctionName: { Ref: expect.stringMatching(/^DeadLetter/) as string },
      }),
    ]);
    expect(functionNamed('DeadLetter')).toMatchObject({ Timeout: 10, MemorySize: 256 });
  });
});

describe('the body bucket', () => {
  it('is private, encrypted and outlives the stack', () => {
    expect(resource('BodyBucket')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
  });

  it('refuses requests without TLS, and a write that could replace a body', () => {
    const denied = resourcePolicyStatements(resources, 'BodyBucket');

    expect(denied).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['s3:*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    expect(denied).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['s3:PutObject'],
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
  });

  it('keeps bodies longer than the source that keeps them longest', () => {
    expect(properties('BodyBucket', resourcesOf(buildStack('retentions')))).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 407, Status: 'Enabled' }] },
    });
  });

  it('is made before there is any source', () => {
    const withoutSources = resourcesOf(buildStack('no-source'));

    expect(resource('BodyBucket', withoutSources).Type).toBe('AWS::S3::Bucket');
  });
});

describe('secrets', () => {
  const secrets = resourcesOfType(resourcesOf(buildStack('secrets')), 'AWS::SecretsManager::Secret');

  it('are one for each source that verifies with its own', () => {
    expect(secrets.map(([id, { Properties }]) => [id, Properties['Name']])).toEqual([
      ['SourceSecretbank', 'Hooklane/bank'],
      ['SourceSecretmyDashshop', 'Hooklane/my-shop'],
    ]);
  });

  it('verify nothing until an operator has stored one, and outlive the stack', () => {
    expect(secrets).not.toEqual([]);
    for (const [, secret] of secrets) {
      expect(secret).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
      expect(secret.Properties).not.toHaveProperty('SecretString');
      expect(secret.Properties).not.toHaveProperty('GenerateSecretString');
    }
  });
});

describe('functions', () => {
  const functions = resourcesOfType(resources, 'AWS::Lambda::Function');

  it('are those of the settings: the stack adds none of its own', () => {
    expect(functions.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'Ingest',
      'Processor',
      'DeadLetter',
      'Sweeper',
      'Ops',
      'LedgerWatch',
      'Functiondesk',
    ]);
  });

  it.each(functions)(
    '%s runs Node 24 on arm64 and logs JSON to a group that expires',
    (_, { Properties }) => {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) as string } },
      });
    },
  );

  it('have no reserved concurrency: a throttled poller still counts receives', () => {
    for (const [, { Properties }] of functions) {
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  // A lane hands its turn on by messages of the processor; a letter that is moved back may fail again and again.
  it('let processor and dead letters message themselves without end, and no other function', () => {
    const loops = functions
      .filter(([, { Properties }]) => Properties['RecursiveLoop'] !== undefined)
      .map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties['RecursiveLoop']]);

    expect(loops).toEqual([
      ['Processor', 'Allow'],
      ['DeadLetter', 'Allow'],
    ]);
  });

  it('find by environment variable exactly what they may use', () => {
    const table = (name: string) => ({ Ref: name });

    expect(functionNamed('Ingest')).toHaveProperty('Environment.Variables', {
      HOOKLANE_LEDGER_TABLE: table('LedgerTable'),
      HOOKLANE_STATE_TABLE: table('StateTable'),
      HOOKLANE_BODY_BUCKET: { Ref: 'BodyBucket' },
      HOOKLANE_QUEUE_URL: { Ref: 'LaneQueue' },
      HOOKLANE_SECRET_PREFIX: 'Hooklane',
    });
    expect(functionNamed('Processor')).toHaveProperty('Environment.Variables', {
      HOOKLANE_LEDGER_TABLE: table('LedgerTable'),
      HOOKLANE_STATE_TABLE: table('StateTable'),
      HOOKLANE_BODY_BUCKET: { Ref: 'BodyBucket' },
      HOOKLANE_QUEUE_URL: { Ref: 'LaneQueue' },
      HOOKLANE_FEEDER_URL: { Ref: 'DeadLetterFeeder' },
      ORDERS_TABLE: table('OrdersTable'),
      LOGS_TABLE: table('LogsTable'),
    });
    const core = {
      HOOKLANE_LEDGER_TABLE: table('LedgerTable'),
      HOOKLANE_STATE_TABLE: table('StateTable'),
      HOOKLANE_QUEUE_URL: { Ref: 'LaneQueue' },
    };
    expect(functionNamed('DeadLetter')).toHaveProperty('Environment.Variables', {
      ...core,
      HOOKLANE_FEEDER_URL: { Ref: 'DeadLetterFeeder' },
    });
    expect(functionNamed('Sweeper')).toHaveProperty('Environment.Variables', {
      ...core,
      HOOKLANE_FEEDER_URL: { Ref: 'DeadLetterFeeder' },
      HOOKLANE_DEAD_LETTER_URL: { Ref: 'LaneDeadLetterQueue' },
    });
    expect(functionNamed('Ops')).toHaveProperty('Environment.Variables', {
      ...core,
      HOOKLANE_BODY_BUCKET: { Ref: 'BodyBucket' },
      HOOKLANE_DEAD_LETTER_URL: { Ref: 'LaneDeadLetterQueue' },
      HOOKLANE_SECRET_PREFIX: 'Hooklane',
    });
    expect(functionNamed('Functiondesk')).toHaveProperty('Environment.Variables', {
      ORDERS_TABLE: table('OrdersTable'),
    });
  });
});

describe('the sweeper', () => {
  it('runs every minute, and a failed run waits for the next', () => {
    const rules = resourcesOfType(resources, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);

    expect(rules).toEqual([
      expect.objectContaining({
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [
          expect.objectContaining({
            Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Sweeper/) as string, 'Arn'] },
            RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
          }),
        ],
      }),
    ]);
  });
});

it('a failed run of the sweeper is not run again by Lambda: the next minute does its work', () => {
  const configs = resourcesOfType(resources, 'AWS::Lambda::EventInvokeConfig').map(
    ([, one]) => one.Properties,
  );

  expect(configs).toEqual([
    expect.objectContaining({
      FunctionName: { Ref: expect.stringMatching(/^Sweeper/) as string },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    }),
  ]);
});

describe('log groups', () => {
  it('expire, all of them', () => {
    const groups = resourcesOfType(resources, 'AWS::Logs::LogGroup');

    expect(groups).toHaveLength(8);
    for (const [, group] of groups) expect(group.Properties).toMatchObject({ RetentionInDays: 30 });
  });
});

describe('the API', () => {
  it('asks for an IAM signature on every route but those of senders and health', () => {
    const served = resourcesOfType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties['RouteKey'],
      Properties['AuthorizationType'],
    ]);

    expect(served).toHaveLength(7);
    expect(Object.fromEntries(served)).toEqual({
      'ANY /webhooks/{proxy+}': 'NONE',
      'POST /events/{source}': 'AWS_IAM',
      'GET /health': 'NONE',
      'ANY /ops/{proxy+}': 'AWS_IAM',
      'GET /payloads/{proxy+}': 'AWS_IAM',
      'POST /orders': 'AWS_IAM',
      'GET /orders/{id}': 'AWS_IAM',
    });
  });

  it('keeps its address over renamed constructs, since providers are registered with it', () => {
    expect(resource('WebhookApi')).toMatchObject({ Type: 'AWS::ApiGatewayV2::Api' });
  });

  it('passes requests in payload format 2.0', () => {
    const integrations = resourcesOfType(resources, 'AWS::ApiGatewayV2::Integration');

    expect(integrations).toHaveLength(7);
    for (const [, { Properties }] of integrations) {
      expect(Properties).toMatchObject({ PayloadFormatVersion: '2.0' });
    }
  });

  it('leaves to operators what a flood of webhooks uses up', () => {
    const [[, stage] = []] = resourcesOfType(resources, 'AWS::ApiGatewayV2::Stage');
    const own = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };

    expect(stage?.Properties['RouteSettings']).toEqual({
      'GET /health': own,
      'ANY /ops/{proxy+}': own,
      'GET /payloads/{proxy+}': own,
      'POST /orders': own,
      'GET /orders/{id}': own,
    });
  });

  it('is throttled, and logs access without anything a sender may sign or authenticate with', () => {
    const stages = resourcesOfType(resources, 'AWS::ApiGatewayV2::Stage').map(([, one]) => one.Properties);

    expect(stages).toEqual([
      expect.objectContaining({
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 2000 },
        AccessLogSettings: expect.objectContaining({
          Format: expect.not.stringMatching(/query|header|body/i) as string,
        }) as object,
      }),
    ]);
  });
});

describe('names', () => {
  it('are left to CloudFormation, so that resources can be replaced and stacks stand side by side', () => {
    const refersToAnother = [
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Permission',
      'AWS::Logs::MetricFilter',
    ];
    const physical = ['TableName', 'QueueName', 'BucketName', 'FunctionName', 'RoleName', 'LogGroupName'];

    const named = Object.entries(resources).filter(
      ([, { Type, Properties }]) =>
        !refersToAnother.includes(Type) && physical.some((name) => name in Properties),
    );

    expect(named).toEqual([]);
  });
});
