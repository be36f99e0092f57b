import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localClientConfig } from '../../local/client-config.ts';
import { bucketName, startBucket } from '../../local/s3/bucket.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const folder = join(temporaryFolder(), 'objects');
let bucket: Awaited<ReturnType<typeof startBucket>>;
let client: S3Client;

beforeAll(async () => {
  bucket = await startBucket({ port: 0, folder, log: () => undefined });
  client = new S3Client({ ...localClientConfig(bucket.url), maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await bucket.close();
});

const put = (key: string, body: string | Uint8Array | Readable, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ...more }));

async function bytesOf(key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe('an object', () => {
  test.each([0, 1, 5_000_000])('of %i bytes comes back as it was put', async (size) => {
    const bytes = randomBytes(size);

    await put(`size-${size}`, bytes);

    expect(bytes.equals(await bytesOf(`size-${size}`))).toBe(true);
  });

  test('that is streamed, in chunks with a trailing checksum, comes back without its coding', async () => {
    const bytes = randomBytes(300_000);

    const stream = Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]);
    await put('streamed', stream, { ContentLength: bytes.length });

    expect(bytes.equals(await bytesOf('streamed'))).toBe(true);
  });

  test('is replaced by another put', async () => {
    await put('twice', 'first');
    await put('twice', 'second');

    expect(String(await bytesOf('twice'))).toBe('second');
  });

  test('is kept where it must be new: of many puts at once one wins', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => put('new', `content ${n}`, { IfNoneMatch: '*' })),
    );

    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(9);
    for (const { reason } of lost) {
      expect(reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    }
    const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
    expect(String(await bytesOf('new'))).toBe(`content ${winner}`);
  });

  test('has a head with its size', async () => {
    await put('with-head', 'four');

    const head = await client.send(new HeadObjectCommand({ Bucket: bucketName, Key: 'with-head' }));

    expect(head.ContentLength).toBe(4);
  });

  test('that is not there is NoSuchKey, and NotFound for a head', async () => {
    await expect(bytesOf('absent')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(
      client.send(new HeadObjectCommand({ Bucket: bucketName, Key: 'absent' })),
    ).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('of a body that was changed on its way is refused', async () => {
    await expect(put('changed', 'content', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    await expect(bytesOf('changed')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

test('another bucket does not exist', async () => {
  const command = new GetObjectCommand({ Bucket: 'other', Key: 'a' });

  await expect(client.send(command)).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test.each(['../outside', '..', '/etc/passwd', 'a/../../b', 'ключ/🎉 #?%', 'a\0b', 'x'.repeat(1000)])(
  'the key %j is a name like any other and stays in the folder',
  async (key) => {
    await put(key, key);

    expect(String(await bytesOf(key))).toBe(key);
    expect(readdirSync(join(folder, '..'))).toEqual(['objects']);
  },
);

test('a path that no client normalises leaves the folder neither', async () => {
  const { hostname, port } = new URL(bucket.url);

  const status = await new Promise((resolve) => {
    request({ hostname, port, method: 'PUT', path: `/${bucketName}/../../../outside` }, (response) => {
      resolve(response.resume().statusCode);
    }).end('x');
  });

  expect(status).toBe(200);
  expect(readdirSync(join(folder, '..'))).toEqual(['objects']);
});
