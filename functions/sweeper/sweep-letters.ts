import { DeleteMessageCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { after } from '../lane/due.ts';
import {
  forgottenLetters,
  forgottenSchema,
  letterIsGone,
  type ForgottenLetter,
} from '../lane/forgotten-letters.ts';
import { parseMessage } from '../lane/lane-message.ts';
import type { SweepDeps } from './deps.ts';

/** Letters looked at in one run. While it runs they are hidden, one lane's first ten at most. */
const mostReceives = 200;
const hiddenSeconds = 20;
/** After so long, and with the whole queue seen, no letter of the event is looked for any more. */
const patienceSeconds = 600;

/**
 * Takes the letters out of the dead-letter queue whose events have moved on, so that what it holds is work. Looks into the queue only
 * where there is such a letter. Of a lane only the first ten letters can be seen; others come up when those have gone.
 */
export async function sweepLetters(deps: SweepDeps): Promise<number> {
  const forgotten = await readForgotten(deps);
  if (forgotten.size === 0) return 0;
  let taken = 0;
  for (let receives = 0; receives < mostReceives; receives++) {
    const messages = await deps.inTurn('letters', () => receive(deps));
    if (messages === undefined) return taken;
    if (messages.length === 0) {
      await stopLooking([...forgotten.values()], deps);
      return taken;
    }
    for (const message of messages) {
      const letter = parseMessage(message.Body ?? '');
      if (letter.kind !== 'letter') continue;
      const found = forgotten.get(letter.deadLetter);
      if (found === undefined || letter.entry > found.entry) continue;
      await remove(message, deps);
      taken++;
    }
  }
  return taken;
}

/** An older letter, or one that was sent twice, may still be on its way: only time tells that there is none. */
async function stopLooking(forgotten: readonly ForgottenLetter[], deps: SweepDeps): Promise<void> {
  const now = deps.now();
  for (const { key, at } of forgotten) {
    if (after(at, patienceSeconds) < now) await deps.lanes.commit([letterIsGone(deps.stateTable, key)]);
  }
}

type Forgotten = Map<string, ForgottenLetter>;

async function readForgotten(deps: SweepDeps): Promise<Forgotten> {
  const page = await deps.dynamodb.send(
    new QueryCommand({
      TableName: deps.stateTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': forgottenLetters },
      ConsistentRead: true,
      Limit: 1000,
    }),
  );
  return new Map(
    (page.Items ?? []).flatMap((item) => {
      const read = forgottenSchema.safeParse(item);
      return read.success ? [[read.data.key, read.data]] : [];
    }),
  );
}

async function receive({ sqs, deadLetterUrl }: SweepDeps): Promise<readonly Message[]> {
  const received = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLetterUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 0,
    }),
  );
  return received.Messages ?? [];
}

async function remove({ ReceiptHandle }: Message, { sqs, deadLetterUrl }: SweepDeps): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle }));
}
