import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventKey } from '../ledger/keys.ts';
import { deduplicationId, groupId, type LaneMessage, type Purpose } from './lane-message.ts';

export interface MessageToSend {
  readonly event: EventKey;
  readonly generation: number;
  /** The stored lane: a lane computed from another body would run the event beside its own. */
  readonly lane: string;
  readonly purpose: Purpose;
}

/** Resolves once the message is in the queue, or was within the last five minutes. Throws where the queue cannot be reached. */
export type SendLaneMessage = (message: MessageToSend) => Promise<void>;

export interface SendDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly newId: () => string;
}

export function laneMessageSender({ sqs, queueUrl, newId }: SendDeps): SendLaneMessage {
  return async ({ event, generation, lane, purpose }) => {
    const body: LaneMessage = { event, generation, copy: newId() };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(body),
        MessageGroupId: groupId(lane),
        MessageDeduplicationId: deduplicationId(event, generation, purpose),
      }),
    );
  };
}
