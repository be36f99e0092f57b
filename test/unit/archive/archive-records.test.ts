import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { archiveRecords } from '../../../functions/archive/archive-records.ts';
import { bucketObjects } from '../../../functions/ledger/bucket.ts';
import { listen, stopListening, urlOf } from '../../../local/loopback.ts';
import { readBody } from '../../../local/read-body.ts';
import { memoryObjects } from '../../support/ledger-fixture.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const at = Date.UTC(2026, 10, 24, 10, 0, 5) / 1000;

const record = (number: string, fields: Partial<DynamoDBRecord> = {}): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: at,
    SequenceNumber: number,
    Keys: { pk: { S: `acme#${number}` }, sk: { S: 'EVENT' } },
    NewImage: { pk: { S: `acme#${number}` }, sk: { S: 'EVENT' }, body: { B: 'AAE=' } },
  },
  ...fields,
});

it('makes one object of a batch, a line an item, under the day and the numbers of the stream', async () => {
  const bucket = memoryObjects();

  await archiveRecords([record('100'), record('101', { eventName: 'MODIFY' })], bucket);

  expect([...bucket.kept.keys()]).toEqual(['2026/11/24/100-101.ndjson.gz']);
  const [bytes = Buffer.alloc(0)] = bucket.kept.values();
  const lines = gunzipSync(bytes).toString().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { what: 'INSERT', at: '2026-11-24T10:00:05.000Z', new: { body: { B: 'AAE=' } } },
    { what: 'MODIFY', keys: { pk: { S: 'acme#101' } } },
  ]);
});

it('names a batch that comes again as before, with the same bytes', async () => {
  const [first, again] = [memoryObjects(), memoryObjects()];

  await archiveRecords([record('100'), record('101')], first);
  await archiveRecords([record('100'), record('101')], again);

  expect([...again.kept]).toEqual([...first.kept]);
});

it('fails where the bucket does not take it, so that the stream comes again', async () => {
  const put = () => Promise.reject(new Error('S3 refused a PUT'));

  await expect(archiveRecords([record('100')], { put })).rejects.toThrow('S3 refused a PUT');
});

const requests: { readonly checksum: unknown; readonly ifNoneMatch: unknown; readonly body: Buffer }[] = [];
const server = createServer((request, response) => {
  void readBody(request, 1e6).then((body) => {
    const { 'x-amz-checksum-sha256': checksum, 'if-none-match': ifNoneMatch } = request.headers;
    requests.push({ checksum, ifNoneMatch, body: body ?? Buffer.alloc(0) });
    response.end();
  });
});
let endpoint = '';
beforeAll(async () => {
  endpoint = urlOf(await listen(server, 0, 'S3'));
});
afterAll(() => stopListening(server));

it('sends a checksum of its own to a bucket that locks objects, and none to another', async () => {
  const { config: aws } = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const options = { bucket: 'archive', aws, endpoint, maxAttempts: 1, timeoutMs: 1000 };

  await archiveRecords([record('100')], bucketObjects({ ...options, isLocked: true }));
  await bucketObjects(options).put('a', Buffer.from('a body'));

  const [locked, plain] = requests;
  expect(locked?.checksum).toBe(
    createHash('sha256')
      .update(locked?.body ?? '')
      .digest('base64'),
  );
  expect([locked?.ifNoneMatch, plain?.ifNoneMatch, plain?.checksum]).toEqual(['*', '*', undefined]);
});
