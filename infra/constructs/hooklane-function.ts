import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
  type ILayerVersion,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

interface HooklaneFunctionProps {
  /** Absolute path of the file that exports `handler`. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly bundling: BundlingOptions;
  /** The folder of the application and its lock file. */
  readonly projectRoot: string;
  readonly depsLockFilePath: string;
  /** Of log groups. */
  readonly logRetention: RetentionDays;
  readonly vpc?: IVpc | undefined;
  readonly layers?: readonly ILayerVersion[] | undefined;
  /** Kept for it out of the account's concurrency, and its most. Default: none is kept, and it takes what there is. */
  readonly reservedConcurrency?: number | undefined;
  /** Whether its messages come back to it in one long chain. */
  readonly isInLoop?: boolean;
  /** Whether X-Ray records its invocations. */
  readonly isTraced?: boolean;
}

interface Permission {
  /** Spelled out: no wildcards. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A bundled Node 24 function on arm64 with a role that starts with nothing but its own log group. */
export class HooklaneFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: HooklaneFunctionProps) {
    const {
      timeoutSeconds,
      memoryMb,
      logRetention,
      vpc,
      layers = [],
      isInLoop = false,
      isTraced = false,
    } = props;
    const { reservedConcurrency, entry, bundling, projectRoot, depsLockFilePath } = props;
    // The audit of an event is in the ledger; logs are for operators and may go with the stack.
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own, because the default one may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    super(scope, id, {
      entry,
      bundling,
      projectRoot,
      depsLockFilePath,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMb,
      ...(vpc && { vpc }),
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      layers: [...layers],
      // A lane hands its turn from event to event by a message of the processor to its own queue. Lambda takes that for a runaway
      // after 16 of them and dead-letters the next. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      // A dead letter that is moved back and fails again comes to its function again in the same chain of messages.
      ...(isInLoop && { recursiveLoop: RecursiveLoop.ALLOW }),
      ...(isTraced && { tracing: Tracing.ACTIVE }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
    });
    if (isTraced) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources of its own: who may put a trace may put any.',
      });
    } else {
      Validations.of(this).acknowledge({
        id: 'Serverless-LambdaTracing',
        reason:
          'X-Ray costs $5 a million traces, so `xRay` asks for it, for the two functions that an event passes. Every event keeps its traceparent.',
      });
    }
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'It would take asynchronous invocations alone: API Gateway, queues and streams wait for the answer, and the next sweep does the work of one that failed.',
    });
  }

  /** Exactly these permissions, and the environment variables that name what they are for. */
  allow(permissions: readonly Permission[], environment: Readonly<Record<string, string>> = {}): void {
    for (const { actions, resources } of permissions) {
      this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    }
    for (const [name, value] of Object.entries(environment)) this.addEnvironment(name, value);
  }
}
