import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { bucketObjects, objectUrl } from '../../../functions/ledger/bucket.ts';
import { bucketName, startBucket } from '../../../local/s3/bucket.ts';
import { isSignedForS3 } from '../../support/s3-signature.ts';

const secretAccessKey = 'secret';
const aws = new DynamoDBClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'id', secretAccessKey, sessionToken: 'token' },
}).config;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function objectsAt(endpoint: string, bucket = bucketName) {
  return bucketObjects({ bucket, aws, endpoint, maxAttempts: 2, timeoutMs: 500 });
}

async function localBucket() {
  const folder = await mkdtemp(join(tmpdir(), 'hooklane-bucket-'));
  const bucket = await startBucket({ port: 0, folder, log: () => undefined });
  closers.push(() => bucket.close());
  return bucket.url;
}

interface Arrived {
  method: string;
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

/** Answers with the given statuses in turn, then with the last one; `hang` never answers. */
async function scripted(...script: (number | 'hang')[]) {
  const arrived: Arrived[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      arrived.push({ method, url, headers, body: Buffer.concat(chunks) });
      const step = script[Math.min(arrived.length, script.length) - 1];
      if (typeof step === 'number') response.writeHead(step).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, arrived };
}

describe('bodies in a bucket', () => {
  it('come back as they were put', async () => {
    const objects = objectsAt(await localBucket());
    const body = randomBytes(400_000);

    await objects.put('bodies/a/b', body);

    expect(Buffer.compare((await objects.get('bodies/a/b')) ?? Buffer.of(), body)).toBe(0);
  });

  it('are never replaced, and putting one again succeeds', async () => {
    const objects = objectsAt(await localBucket());
    await objects.put('bodies/a/b', Buffer.from('first'));

    await objects.put('bodies/a/b', Buffer.from('second'));

    expect(Buffer.from((await objects.get('bodies/a/b')) ?? []).toString()).toBe('first');
  });

  it('are undefined once they have expired, but a missing bucket is an error', async () => {
    const url = await localBucket();

    await expect(objectsAt(url).get('bodies/gone')).resolves.toBeUndefined();
    await expect(objectsAt(url, 'elsewhere').get('bodies/gone')).rejects.toThrow('404 NoSuchBucket');
  });

  it.each([
    ['put', 'bodies/a/b'],
    ['put', 'odd keys/ä+b=c'],
    ['get', 'bodies/a/b'],
  ] as const)('are asked for under a signature that S3 accepts: %s %s', async (method, key) => {
    const { url, arrived } = await scripted(200);

    if (method === 'put') await objectsAt(url).put(key, randomBytes(1000));
    else await objectsAt(url).get(key);

    expect(arrived.map((one) => isSignedForS3(one, secretAccessKey))).toEqual([true]);
    expect(arrived.map((one) => isSignedForS3(one, 'another'))).toEqual([false]);
    expect(arrived[0]?.headers).toMatchObject({ 'x-amz-security-token': 'token' });
  });

  it('are put on condition that the key is free, which the bucket insists on', async () => {
    const { url, arrived } = await scripted(200);

    await objectsAt(url).put('bodies/a/b', Buffer.from('x'));

    expect(arrived[0]?.headers['if-none-match']).toBe('*');
    expect(arrived[0]?.headers.authorization).toContain('if-none-match');
  });

  it.each([500, 503, 429, 409, 'hang'] as const)('are tried for again after %s', async (trouble) => {
    const { url, arrived } = await scripted(trouble, 200);

    await objectsAt(url).put('bodies/a/b', Buffer.from('x'));

    expect(arrived).toHaveLength(2);
  });

  it.each([
    [503, 2],
    [403, 1],
  ])('are given up after %s, having asked %s times', async (status, times) => {
    const { url, arrived } = await scripted(status);

    await expect(objectsAt(url).put('bodies/a/b', Buffer.from('x'))).rejects.toThrow(String(status));

    expect(arrived).toHaveLength(times);
  });

  it('are given up while nobody listens', async () => {
    await expect(objectsAt('http://127.0.0.1:1').put('bodies/a/b', Buffer.from('x'))).rejects.toThrow();
  });

  it.each([
    ['http://127.0.0.1:4566/', 'us-east-1', 'http://127.0.0.1:4566/bodies-1/bodies/a%2Bb'],
    [undefined, 'eu-central-1', 'https://bodies-1.s3.eu-central-1.amazonaws.com/bodies/a%2Bb'],
    [undefined, 'cn-north-1', 'https://bodies-1.s3.cn-north-1.amazonaws.com.cn/bodies/a%2Bb'],
  ])('are found at endpoint %s in %s', (endpoint, region, expected) => {
    expect(objectUrl(endpoint, 'bodies-1', region, 'bodies/a+b').href).toBe(expected);
  });
});
