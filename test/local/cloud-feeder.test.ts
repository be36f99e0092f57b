import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { localClientConfig } from '../../local/client-config.ts';
import type { Cloud } from '../../local/start-cloud.ts';
import { startObedientCloud } from './fixtures/obedient-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

const folder = temporaryFolder();
const traceFile = join(folder, 'trace');
let cloud: Cloud;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startObedientCloud({
    dataFolder: join(folder, 'data'),
    entries: { 'dead-letter': join(import.meta.dirname, 'fixtures/leaves-letters.ts') },
    environment: { TRACE_FILE: traceFile },
  });
  sqs = new SQSClient(localClientConfig(cloud.sqs));
});
afterAll(async () => {
  sqs.destroy();
  await cloud.close();
});
afterEach(() => sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.deadLetterQueueUrl })));

const Seen = z.object({ messageId: z.string(), body: z.string(), group: z.string() });

/** What the function was handed of a letter, oldest first. */
const seen = (body: string) =>
  (existsSync(traceFile) ? readFileSync(traceFile, 'utf8').trim().split('\n') : [])
    .map((line) => Seen.parse(JSON.parse(line)))
    .filter((letter) => letter.body === body);

async function send(body: string) {
  const { MessageId } = await sqs.send(
    new SendMessageCommand({
      QueueUrl: cloud.feederUrl,
      MessageBody: body,
      MessageGroupId: 'a-lane',
      MessageDeduplicationId: body,
    }),
  );
  return MessageId;
}

async function deadLetter(): Promise<{ id: string | undefined; source: string | undefined } | undefined> {
  const { Messages: [letter] = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: cloud.deadLetterQueueUrl,
      VisibilityTimeout: 0,
      WaitTimeSeconds: 5,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return letter && { id: letter.MessageId, source: letter.Attributes?.['DeadLetterQueueSourceArn'] };
}

test('a letter that the function leaves is in the dead-letter queue after one receive, under its own id', async () => {
  const id = await send('poison');

  expect(await deadLetter()).toEqual({ id, source: cloud.feederArn });
  expect(seen('poison')).toEqual([{ messageId: id, body: 'poison', group: 'a-lane' }]);
});

test('a letter that is moved to its source comes to the function again, under another id', async () => {
  const id = await send('mended');
  await until(async () => (await deadLetter()) !== undefined, 'the letter is dead');

  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: cloud.deadLetterQueueArn }));
  await until(() => seen('mended').length === 2, 'the function is handed the letter again');

  const [first, second] = seen('mended');
  expect(first?.messageId).toBe(id);
  expect(second?.messageId).not.toBe(id);
});
