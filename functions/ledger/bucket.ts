import { hash } from 'node:crypto';
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ObjectStore } from './body-store.ts';

export interface BucketOptions {
  readonly bucket: string;
  /** Region and credentials, as any SDK client has resolved them. */
  readonly aws: Pick<DynamoDBClientResolvedConfig, 'region' | 'credentials' | 'sha256'>;
  /** Of an emulator; default S3's own in that region. */
  readonly endpoint: string | undefined;
  /** Whether the bucket locks objects: S3 takes none there without a checksum of its own (default false). */
  readonly isLocked?: boolean;
  readonly maxAttempts: number;
  /** Of one attempt, its answer included. */
  readonly timeoutMs: number;
}

interface S3Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * Large bodies in a bucket, by two signed requests: the S3 client would be a third of what ingest may weigh, and few bodies are so
 * large. Throws when S3 refuses, or does not answer any attempt.
 */
export function bucketObjects(options: BucketOptions): ObjectStore {
  return {
    async put(key, data) {
      // Never replaces: what is there already is the same, since the key is made of the content.
      const checksum = options.isLocked === true && { 'x-amz-checksum-sha256': sha256Base64(data) };
      const answer = await request(options, 'PUT', key, { 'if-none-match': '*', ...checksum }, data);
      if (answer.status !== 200 && answer.status !== 412) throw refusal('PUT', answer);
    },
    async get(key) {
      const answer = await request(options, 'GET', key, {});
      if (answer.status === 200) return answer.body;
      if (codeOf(answer) === 'NoSuchKey') return undefined;
      throw refusal('GET', answer);
    },
  };
}

const sha256Base64 = (data: Uint8Array): string => hash('sha256', data, 'base64');

async function request(
  options: BucketOptions,
  method: 'PUT' | 'GET',
  key: string,
  headers: Readonly<Record<string, string>>,
  data?: Uint8Array,
): Promise<S3Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send(options, method, key, headers, data);
      if (attempt === options.maxAttempts || !isPassing(answer.status)) return answer;
    } catch (error) {
      if (attempt === options.maxAttempts) throw error;
    }
  }
}

/** Busy, out of order, or another write of the same key that is not finished. */
function isPassing(status: number): boolean {
  return status === 409 || status === 429 || status >= 500;
}

async function send(
  { bucket, aws, endpoint, timeoutMs }: BucketOptions,
  method: 'PUT' | 'GET',
  key: string,
  headers: Readonly<Record<string, string>>,
  data?: Uint8Array,
): Promise<S3Answer> {
  const region = await aws.region();
  const url = objectUrl(endpoint, bucket, region, key);
  // S3 alone signs the path as it is sent.
  const signer = new SignatureV4({
    region,
    credentials: aws.credentials,
    sha256: aws.sha256,
    service: 's3',
    uriEscapePath: false,
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { ...headers, host: url.host },
    ...(data && { body: data }),
  });
  const response = await fetch(url, {
    method,
    headers: signed.headers,
    signal: AbortSignal.timeout(timeoutMs),
    ...(data && { body: Buffer.from(data) }),
  });
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
}

/** By path at an emulator, by host name at S3. */
export function objectUrl(endpoint: string | undefined, bucket: string, region: string, key: string): URL {
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${path}`);
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${bucket}.s3.${region}.${domain}/${path}`);
}

function codeOf({ body }: S3Answer): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(new TextDecoder().decode(body.subarray(0, 2048)))?.[1];
}

function refusal(method: string, answer: S3Answer): Error {
  return new Error(`S3 refused a ${method}: ${String(answer.status)} ${codeOf(answer) ?? 'without a code'}`);
}
