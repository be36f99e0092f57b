import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Aws } from '../aws.ts';
import { until, type Gateway } from '../gateway.ts';

/** Every entry that the ledger has of an event is in the archive, in an object that the account itself cannot remove. */
export async function findInArchive(gateway: Gateway, aws: Aws, event: string): Promise<string> {
  const Bucket = gateway.output('ArchiveBucketName');
  const inLedger = await entriesOf(event, gateway.output('LedgerTableName'), aws);
  assert.ok(inLedger.length >= 2, `${event} has its acceptance and its end in the ledger`);

  const objects = await until(`all of ${event} is archived`, 90_000, async () => {
    const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
    const read = await Promise.all(
      Versions.map(async ({ Key, VersionId }) => ({
        Key,
        VersionId,
        lines: await linesOf(Bucket, Key, VersionId, aws),
      })),
    );
    const archived = read.flatMap(({ lines }) => lines).filter(({ keys }) => keys.pk.S === event);
    return archived.length >= inLedger.length ? read : undefined;
  });

  const archived = objects.flatMap(({ lines }) => lines).filter(({ keys }) => keys.pk.S === event);
  assert.deepEqual(
    archived.map(({ what, keys, new: item }) => [what, keys.sk.S, item['sk']]),
    inLedger.map((sk) => ['INSERT', sk, { S: sk }]),
  );
  for (const { Key, VersionId } of objects) {
    const { ObjectLockMode, ObjectLockRetainUntilDate } = await aws.s3.send(
      new HeadObjectCommand({ Bucket, Key, VersionId }),
    );
    assert.equal(ObjectLockMode, 'GOVERNANCE');
    assert.ok((ObjectLockRetainUntilDate?.getTime() ?? 0) > Date.now());
    await assert.rejects(aws.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId })), {
      name: 'AccessDenied',
    });
  }
  return `${archived.length} entries in ${objects.length} locked objects`;
}

/** Sort keys, in the order of the stream. */
async function entriesOf(event: string, TableName: string, aws: Aws): Promise<readonly string[]> {
  const { Items } = await aws.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': event },
    }),
  );
  return z
    .array(z.object({ sk: z.string() }))
    .parse(Items)
    .map(({ sk }) => sk);
}

const Line = z.object({
  what: z.string(),
  keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
  new: z.record(z.string(), z.unknown()),
});

async function linesOf(Bucket: string, Key: string | undefined, VersionId: string | undefined, aws: Aws) {
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
  return text.split('\n').map((line) => Line.parse(JSON.parse(line)));
}
