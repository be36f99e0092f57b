import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { after } from '../lane/due.ts';
import {
  forgottenLetters,
  forgottenSchema,
  missLetter,
  type ForgottenLetter,
} from '../lane/forgotten-letters.ts';
import { laneGroup } from '../lane/lane-group.ts';
import { parseMessage } from '../lane/lane-message.ts';
import type { EventKey } from '../ledger/keys.ts';
import { laneOf } from '../ledger/ledger.ts';
import { queryPages } from '../ledger/query-pages.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import type { SweepRun } from './deps.ts';

/** Of one receive. */
const mostAtOnce = 10;
/** A letter that was read is hidden until all were seen; if the run dies before that, for this long. */
const hiddenSeconds = 10;
const mostReceives = 1000;
/** SQS hands out no more letters of one lane at once, and none behind them. */
const mostOfLane = 10;
/** A letter that was not found for this long, in a queue that was read to its end, is not searched for any more. */
const patienceSeconds = 600;
/** As many letters as one run can read; later ones are read when these are done. */
const mostForgotten = 10_000;

/**
 * Removes the letters of events that have moved on from the dead-letter queue, so that each letter in it is work. Reads the queue only
 * if there is such a letter. Only the first ten letters of a lane can be seen; for one behind them it reads the queue every ten minutes.
 */
export async function sweepLetters(deps: SweepRun): Promise<number> {
  const forgotten = await readForgotten(deps);
  const isOld = ({ at }: ForgottenLetter) => after(at, patienceSeconds) < deps.now();
  const isFresh = [...forgotten.values()].some((letter) => !isOld(letter));
  if (forgotten.size === 0 || (!isFresh && deps.now().getUTCMinutes() % 10 > 0)) return 0;
  const isForgotten = ({ Body = '' }: Message) => {
    const letter = parseMessage(Body);
    return letter.kind === 'letter' && letter.entry <= (forgotten.get(letter.deadLetter)?.entry ?? -1);
  };
  const seenOf = new Map<string, number>();
  const kept: Message[][] = [];
  let taken = 0;
  try {
    for (let receives = 0; receives < mostReceives; receives++) {
      const messages = await deps.inTurn('letters', () => receive(deps));
      if (messages === undefined) return taken;
      if (messages.length === 0) {
        await stopLooking([...forgotten.values()].filter(isOld), seenOf, deps);
        return taken;
      }
      const cut = cutLane(messages);
      const isCut = (message: Message) => laneOfLetter(message) === cut;
      for (const message of messages.filter((one) => !isCut(one))) {
        const lane = laneOfLetter(message);
        seenOf.set(lane, (seenOf.get(lane) ?? 0) + 1);
      }
      for (const message of messages.filter(isForgotten)) {
        await remove(message, deps);
        taken++;
      }
      const staying = messages.filter((message) => !isForgotten(message));
      kept.push(staying.filter((message) => !isCut(message)));
      await showAgain(staying.filter(isCut), deps);
    }
    return taken;
  } finally {
    // A move task that an operator starts meanwhile meets only what is visible.
    await Promise.all(kept.map((messages) => deps.inTurn('letters', () => showAgain(messages, deps))));
  }
}

const laneOfLetter = ({ Attributes }: Message): string => Attributes?.MessageGroupId ?? '';

/**
 * The lane of which a full receive may have handed out the first letters only, since others came before it. The next receive begins with
 * it, where it is shown again.
 */
function cutLane(messages: readonly Message[]): string | undefined {
  const [first, last] = [messages[0], messages.at(-1)];
  if (messages.length < mostAtOnce || first === undefined || last === undefined) return undefined;
  return laneOfLetter(first) === laneOfLetter(last) ? undefined : laneOfLetter(last);
}

/**
 * The whole queue was seen. An older letter, or one that was sent twice, may still be on its way, so only time tells that there is none; and
 * where the queue was down all that time, it still is. So the letter has to be missed twice. Those behind ten others of their lane were not
 * seen.
 */
async function stopLooking(
  old: readonly ForgottenLetter[],
  seenOf: ReadonlyMap<string, number>,
  deps: SweepRun,
): Promise<void> {
  for (const letter of old) {
    const { key } = letter;
    const lane = await laneOrHelp(key, deps);
    if (lane === undefined || (seenOf.get(laneGroup(lane)) ?? 0) >= mostOfLane) continue;
    await deps.lanes.commit([missLetter(deps.stateTable, letter, deps.now())]);
  }
}

/** Undefined: the event cannot be read, and its letter is looked for until it can. */
async function laneOrHelp(key: EventKey, deps: SweepRun): Promise<string | undefined> {
  try {
    return laneOf(await deps.ledger.read(key)) ?? key;
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    await deps.lanes.askForHelp(error.about);
    return undefined;
  }
}

type Forgotten = Map<string, ForgottenLetter>;

async function readForgotten(deps: SweepRun): Promise<Forgotten> {
  const forgotten: Forgotten = new Map();
  const pages = queryPages(deps.dynamodb, {
    TableName: deps.stateTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': forgottenLetters },
    ConsistentRead: true,
  });
  for await (const page of pages) {
    for (const item of page) {
      const read = forgottenSchema.safeParse(item);
      if (read.success) forgotten.set(read.data.key, read.data);
      else await deps.lanes.askForHelp(new UnreadableItem({ key: item['sk'], ...item }).about);
    }
    if (forgotten.size >= mostForgotten) break;
  }
  return forgotten;
}

async function receive({ sqs, deadLetterUrl }: SweepRun): Promise<readonly Message[]> {
  const received = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLetterUrl,
      MaxNumberOfMessages: mostAtOnce,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['MessageGroupId'],
    }),
  );
  return received.Messages ?? [];
}

async function remove({ ReceiptHandle }: Message, { sqs, deadLetterUrl }: SweepRun): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl, ReceiptHandle }));
}

async function showAgain(messages: readonly Message[], { sqs, deadLetterUrl }: SweepRun): Promise<void> {
  if (messages.length === 0) return;
  await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: deadLetterUrl,
      Entries: messages.map(({ ReceiptHandle }, n) => ({
        Id: String(n),
        ReceiptHandle,
        VisibilityTimeout: 0,
      })),
    }),
  );
}
