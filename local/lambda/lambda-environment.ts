import { environment } from '../../functions/runtime/settings.ts';
import { region } from '../aws-json.ts';
import { bucketName } from '../s3/bucket.ts';
import { secretPrefix } from '../secrets/secret-versions.ts';
import { tableName } from '../dynamodb/dynamodb.ts';

export interface ServiceEndpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly queueUrl: string;
  readonly feederUrl: string;
  readonly deadLetterQueueUrl: string;
}

// The host's credentials would reach AWS; its debugger, loaders and test runner would change how the functions run.
const notInherited = /^(AWS_|NODE_|VITEST|FORCE_COLOR$|npm_)/;

/** What Lambda and the stack would set, over what the shell has: handlers may read variables of the user's own. */
export function lambdaEnvironment(
  name: string,
  memoryMb: number,
  endpoints: ServiceEndpoints,
  shell: NodeJS.ProcessEnv,
): Record<string, string> {
  const inherited = Object.entries(shell).filter(([key]) => !notInherited.test(key));
  return {
    ...Object.fromEntries(inherited.map(([key, value]) => [key, value ?? ''])),
    TZ: 'UTC',
    AWS_LAMBDA_FUNCTION_NAME: `hooklane-${name}`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/hooklane-${name}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    POWERTOOLS_SERVICE_NAME: 'hooklane',
    [environment.ledgerTable]: tableName('ledger'),
    [environment.stateTable]: tableName('state'),
    [environment.bodyBucket]: bucketName,
    [environment.secretPrefix]: secretPrefix,
    [environment.queueUrl]: endpoints.queueUrl,
    [environment.feederUrl]: endpoints.feederUrl,
    [environment.deadLetterUrl]: endpoints.deadLetterQueueUrl,
  };
}
