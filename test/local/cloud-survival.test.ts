import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { StartError } from '../../local/start-error.ts';
import { startObedientCloud } from './fixtures/obedient-cloud.ts';
import { localClientConfig } from '../../local/client-config.ts';
import { readEndpoints } from '../../local/endpoints-file.ts';
import { readyCloud } from './fixtures/ready-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { isAlive, until } from './fixtures/until.ts';

const folder = temporaryFolder();
const traceFile = join(folder, 'trace');
const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** The cloud as a process of its own, which can be killed. */
async function startProcess(dataFolder: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'fixtures/obedient-cloud.ts'), dataFolder],
    {
      stdio: 'ignore',
      env: { ...process.env, TRACE_FILE: traceFile },
    },
  );
  if (child.pid !== undefined) started.push(child.pid);
  const first = await readyCloud(dataFolder, child.pid);
  return { ...first, read: () => readEndpoints(dataFolder) ?? first };
}

describe('when the local cloud is killed', () => {
  test('none of its processes is left, be it at work, a paused one as soon as it runs, and the folder can be used again', async () => {
    const dataFolder = join(folder, 'killed');
    const first = await startProcess(dataFolder);
    await fetch(`${first.url}/health`);
    const order = JSON.stringify({ do: 'trace', value: 'at work', ms: 60_000 });
    const headers = { 'content-type': 'application/json' };
    void fetch(`${first.url}/webhooks/open`, { method: 'POST', headers, body: order }).catch(() => undefined);
    await until(() => existsSync(traceFile), 'a function is at work');
    await until(() => (first.read().functionPids['ops'] ?? []).length === 1, 'all kinds of processes run');
    const pids = [first.databasePid, ...Object.values(first.read().functionPids).flat()];
    expect(pids).toHaveLength(4);
    const [paused = 0] = first.read().functionPids['processor'] ?? [];
    process.kill(paused, 'SIGSTOP');

    process.kill(first.pid, 'SIGKILL');

    await until(() => pids.filter(isAlive).length === 1, 'all but the paused process are gone');
    process.kill(paused, 'SIGCONT');
    await until(() => !isAlive(paused), 'the paused process is gone');
    const second = await startProcess(dataFolder);
    expect((await fetch(`${second.url}/health`)).status).toBe(200);
  });

  test('what was stored is there at the next start', async () => {
    const dataFolder = join(folder, 'survives');
    const options = { dataFolder, drainMs: 0, workers: 1 };
    const item = { pk: { S: 'a' }, sk: { S: 'b' } };
    const object = { Bucket: 'hooklane-bodies', Key: 'c' };
    const first = await startObedientCloud(options);
    const secrets = first.secrets;
    await new DynamoDBClient(localClientConfig(first.dynamodb)).send(
      new PutItemCommand({ TableName: 'hooklane-ledger', Item: item }),
    );
    await new S3Client(localClientConfig(first.s3)).send(new PutObjectCommand({ ...object, Body: 'body' }));
    await new SQSClient(localClientConfig(first.sqs)).send(
      new SendMessageCommand({
        QueueUrl: first.deadLetterQueueUrl,
        MessageGroupId: 'g',
        MessageDeduplicationId: 'd',
        MessageBody: 'e',
      }),
    );
    const [worker = 0] = first.functionPids()['processor'] ?? [];
    process.kill(first.databasePid() ?? 0, 'SIGKILL');
    await first.close();
    expect(isAlive(worker)).toBe(false);
    expect(existsSync(join(dataFolder, 'endpoints.json'))).toBe(false);

    const second = await startObedientCloud(options);

    const read = await new DynamoDBClient(localClientConfig(second.dynamodb)).send(
      new GetItemCommand({ TableName: 'hooklane-ledger', Key: item }),
    );
    expect(read.Item).toEqual(item);
    const body = await new S3Client(localClientConfig(second.s3)).send(new GetObjectCommand(object));
    expect(await body.Body?.transformToString()).toBe('body');
    const { Attributes } = await new SQSClient(localClientConfig(second.sqs)).send(
      new GetQueueAttributesCommand({ QueueUrl: second.deadLetterQueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: '1209600',
    });
    expect(second.secrets).toEqual(secrets);
    await second.close();
  });
});

test('a database that dies is started again at the same address, with what it held', async () => {
  const cloud = await startObedientCloud({ dataFolder: join(folder, 'database'), drainMs: 0, workers: 1 });
  const client = new DynamoDBClient({ ...localClientConfig(cloud.dynamodb), maxAttempts: 10 });
  const item = { pk: { S: 'a' }, sk: { S: 'b' } };
  await client.send(new PutItemCommand({ TableName: 'hooklane-state', Item: item }));
  const before = cloud.databasePid() ?? 0;

  process.kill(before, 'SIGKILL');
  await until(() => cloud.databasePid() !== before, 'another process is there');

  const read = await client.send(new GetItemCommand({ TableName: 'hooklane-state', Key: item }));
  expect(read.Item).toEqual(item);
  await cloud.close();
});

test('a data folder that is in use is refused, and the one who uses it is not disturbed', async () => {
  const dataFolder = join(folder, 'shared');
  const first = await startObedientCloud({ dataFolder, workers: 1, drainMs: 0 });

  const second = startObedientCloud({ dataFolder });

  await expect(second).rejects.toThrow(StartError);
  await expect(second).rejects.toThrow(`is in use by process ${process.pid}`);

  await sleep(50);
  expect(existsSync(join(dataFolder, 'endpoints.json'))).toBe(true);
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  await first.close();
});
