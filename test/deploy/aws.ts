import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedRequest {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The services of the emulator, as one identity sees them. */
export interface Aws {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly secrets: SecretsManagerClient;
  /** For services whose client is not installed, and for API Gateway. */
  signed(service: string, request: SignedRequest): Promise<Response>;
  /** The answer is XML. Throws where it is refused. */
  query(
    service: keyof typeof apiVersions,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** Of a role, which must trust this identity. */
  credentialsOf(roleArn: string): Promise<Credentials>;
  /** The same services as a role sees them, which must trust this identity. */
  as(roleArn: string): Promise<Aws>;
}

const region = 'us-east-1';

export const root: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export function awsAs(credentials: Credentials, endpoint: string): Aws {
  const options = { endpoint, region, credentials };
  const dynamodb = new DynamoDBClient(options);
  const signed: Aws['signed'] = async (service, { method = 'POST', url, headers = {}, body }) => {
    const { protocol, hostname, port, pathname, host } = new URL(url);
    const signer = new SignatureV4({ credentials, region, service, sha256: dynamodb.config.sha256 });
    const request = await signer.sign({
      method,
      protocol,
      hostname,
      port: Number(port),
      path: decodeURI(pathname),
      query: {},
      headers: { ...headers, host },
      body,
    });
    return await fetch(url, { method, headers: request.headers, ...(body !== undefined && { body }) });
  };
  const query: Aws['query'] = async (service, action, parameters) => {
    const body = new URLSearchParams({ Action: action, Version: apiVersions[service], ...parameters });
    for (let attempt = 1; ; attempt++) {
      const answered = await signed(service, {
        url: `${endpoint}/`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
      const text = await answered.text();
      if (answered.ok) return text;
      // As the SDK does: the emulator's own races and pauses are answered 5xx. Every action here may be done twice.
      if (answered.status < 500 || attempt === mostAttempts)
        throw new Error(`${action} was answered ${answered.status}: ${text}`);
      await sleep(500 * attempt);
    }
  };
  const credentialsOf: Aws['credentialsOf'] = async (roleArn) => {
    const text = await query('sts', 'AssumeRole', { RoleArn: roleArn, RoleSessionName: 'drill' });
    const part = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1] ?? '';
    return {
      accessKeyId: part('AccessKeyId'),
      secretAccessKey: part('SecretAccessKey'),
      sessionToken: part('SessionToken'),
    };
  };
  return {
    dynamodb: DynamoDBDocumentClient.from(dynamodb),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: false }),
    secrets: new SecretsManagerClient(options),
    signed,
    query,
    credentialsOf,
    as: async (roleArn) => awsAs(await credentialsOf(roleArn), endpoint),
  };
}

const mostAttempts = 5;

const apiVersions = { cloudformation: '2010-05-15', iam: '2010-05-08', sts: '2011-06-15' };
