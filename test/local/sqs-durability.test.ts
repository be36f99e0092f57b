import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { sqsClient } from '../support/sqs-fixture.ts';

async function startProcess(path: string): Promise<{ process: ChildProcess; url: string }> {
  const script = join(import.meta.dirname, 'sqs-process.ts');
  const started = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void started.kill('SIGKILL'));
  const line: unknown[] = await once(createInterface(started.stdout), 'line');
  return { process: started, url: String(line[0]) };
}

test('a local SQS killed in the middle of its work has kept everything it acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sqs.db');
  const first = await startProcess(path);
  const before = sqsClient(first.url);
  const { QueueUrl = '' } = await before.send(
    new CreateQueueCommand({ QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } }),
  );
  const message = (id: string) => ({ MessageBody: id, MessageGroupId: id, MessageDeduplicationId: id });
  await before.send(new SendMessageCommand({ QueueUrl, ...message('deleted') }));
  const [deleted] = (await before.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  await before.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: deleted!.ReceiptHandle }));
  await before.send(new SendMessageCommand({ QueueUrl, ...message('in-flight') }));
  await before.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));

  const acknowledged: string[] = [];
  let newest = '';
  const senders = Array.from({ length: 8 }, async (_, sender) => {
    for (let i = 0; ; i++) {
      const id = `${sender}-${i}`;
      const sent = await before.send(new SendMessageCommand({ QueueUrl, ...message(id) }));
      acknowledged.push(id);
      if (sent.SequenceNumber! > newest) newest = sent.SequenceNumber!;
    }
  });
  setTimeout(() => first.process.kill('SIGKILL'), 500);
  await Promise.allSettled(senders);

  const second = await startProcess(path);
  const after = sqsClient(second.url);
  const restartedUrl = QueueUrl.replace(first.url, second.url);
  const again = await after.send(
    new SendMessageCommand({ QueueUrl: restartedUrl, ...message(acknowledged[0]!) }),
  );
  const next = await after.send(new SendMessageCommand({ QueueUrl: restartedUrl, ...message('next') }));
  const found: string[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl: restartedUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await after.send(receive);
    if (Messages.length === 0) break;
    found.push(...Messages.map(({ Body = '' }) => Body));
  }

  expect(acknowledged.length).toBeGreaterThan(20);
  expect(found).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(found).size).toBe(found.length);
  expect(found).not.toContain('deleted');
  expect(found).not.toContain('in-flight');
  expect(again.SequenceNumber! <= newest).toBe(true);
  expect(next.SequenceNumber! > newest).toBe(true);
});
