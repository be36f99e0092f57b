import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
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
export type SendLetter = (letter: LetterToSend) => Promise<void>;

/** Hands a message on to the feeder as it is, which leads it to the dead-letter queue. */
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
  return async ({ event, generation, lane, purpose }) => {
    const body: LaneMessage = { event, generation };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(body),
        MessageGroupId: laneGroup(lane),
        MessageDeduplicationId: deduplicationId(event, generation, purpose),
      }),
    );
  };
}

/** Letters go to the feeder, from which SQS itself moves them: those put into a dead-letter queue by hand cannot be moved back to a source. */
export function letterSender({
  sqs,
  feederUrl,
  newId,
}: Pick<SendDeps, 'sqs'> & { readonly feederUrl: string; readonly newId: () => string }): SendLetter {
  return async ({ event, entry, lane }) => {
    const body: Letter = { deadLetter: event, entry, copy: newId() };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: feederUrl,
        MessageBody: JSON.stringify(body),
        MessageGroupId: laneGroup(lane),
        MessageDeduplicationId: sha256Hex(JSON.stringify([event, entry])),
      }),
    );
  };
}

export function forwarder({
  sqs,
  feederUrl,
}: Pick<SendDeps, 'sqs'> & { readonly feederUrl: string }): Forward {
  return async ({ messageId, body, groupId = messageId }) => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: feederUrl,
        MessageBody: body,
        MessageGroupId: groupId,
        MessageDeduplicationId: messageId,
      }),
    );
  };
}
