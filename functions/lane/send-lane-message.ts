import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sha256Hex, type EventKey } from '../ledger/keys.ts';
import { laneGroup } from './lane-group.ts';
import { deduplicationId, type LaneMessage, type Letter, type Purpose } from './lane-message.ts';

export interface MessageToSend {
  readonly event: EventKey;
  readonly generation: number;
  /** The stored lane: a lane computed from another body would run the event beside its own. */
  readonly lane: string;
  readonly purpose: Purpose;
}

export interface LetterToSend {
  readonly event: EventKey;
  /** Number of the entry by which the event came to rest. */
  readonly entry: number;
  /** Its group, so that a move of many letters keeps the order of each lane. */
  readonly lane: string;
}

/** Resolves once the message is in the queue, or was within the last five minutes. Throws where the queue cannot be reached. */
export type SendLaneMessage = (message: MessageToSend) => Promise<void>;
/**
 * The same for up to 10 messages in one request; those of one lane are queued in the order given. Throws also if SQS took only some of
 * them, possibly out of order.
 */
export type SendLaneMessages = (messages: readonly MessageToSend[]) => Promise<void>;
export type SendLetter = (letter: LetterToSend) => Promise<void>;

/** Sends a message unchanged to the feeder, from which SQS moves it to the dead-letter queue. */
export type Forward = (message: {
  readonly messageId: string;
  readonly body: string;
  readonly groupId: string | undefined;
}) => Promise<void>;

export interface SendDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
}

export function laneMessageSender({ sqs, queueUrl }: SendDeps): SendLaneMessage {
  return async (message) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, ...toSqs(message) }));
  };
}

/** SQS's limit for one request. */
export const mostInBatch = 10;

/** In their order, as many in each as one request may send. */
export const inBatches = <T>(stream: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(stream.length / mostInBatch) }, (_, index) =>
    stream.slice(index * mostInBatch, (index + 1) * mostInBatch),
  );

export function laneMessagesSender(deps: SendDeps): SendLaneMessages {
  const sendOne = laneMessageSender(deps);
  return async ([first, ...others]) => {
    if (first === undefined) return;
    if (others.length === 0) {
      await sendOne(first);
      return;
    }
    const Entries = [first, ...others].map((message, index) => ({ Id: String(index), ...toSqs(message) }));
    const { Failed: [refused] = [] } = await deps.sqs.send(
      new SendMessageBatchCommand({ QueueUrl: deps.queueUrl, Entries }),
    );
    if (refused) throw new Error(`SQS refused a message of a batch: ${refused.Code} ${refused.Message}`);
  };
}

function toSqs({ event, generation, lane, purpose }: MessageToSend) {
  const body: LaneMessage = { event, generation };
  return {
    MessageBody: JSON.stringify(body),
    MessageGroupId: laneGroup(lane),
    MessageDeduplicationId: deduplicationId(event, generation, purpose),
  };
}

type FeederDeps = Pick<SendDeps, 'sqs'> & { readonly feederUrl?: string };

/** Letters go to the feeder, from which SQS itself moves them: those put into a dead-letter queue by hand cannot be moved back to a source. */
export const letterSender =
  ({ newId, ...deps }: FeederDeps & { readonly newId: () => string }): SendLetter =>
  async ({ event, entry, lane }) => {
    const letter: Letter = { deadLetter: event, entry, copy: newId() };
    const deduplication = sha256Hex(JSON.stringify([event, entry]));
    await sendToFeeder(JSON.stringify(letter), laneGroup(lane), deduplication, deps);
  };

export const forwarder =
  (deps: FeederDeps): Forward =>
  async ({ messageId, body, groupId = messageId }) =>
    await sendToFeeder(body, groupId, messageId, deps);

async function sendToFeeder(
  body: string,
  group: string,
  deduplication: string,
  { sqs, feederUrl }: FeederDeps,
): Promise<void> {
  if (feederUrl === undefined) throw new Error('this function sends no dead letters');
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: feederUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: deduplication,
    }),
  );
}
