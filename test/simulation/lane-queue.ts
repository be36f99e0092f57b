import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { SqsEngine } from '../../local/sqs/queue.ts';
import type { ReceivedMessage } from '../../local/sqs/receive.ts';
import type { History } from './history.ts';

const laneQueueName = 'lanes.fifo';
const deadQueueName = 'lanes-dead.fifo';
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const deadQueueArn = arnOf(deadQueueName);

export interface LaneQueueOptions {
  readonly now: () => number;
  readonly history: History;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  /** Called after every change. */
  readonly onChange: () => void;
}

/** The lane queue and its dead-letter queue, on the local cloud's own engine. */
export class LaneQueue {
  readonly #engine: SqsEngine;
  readonly #options: LaneQueueOptions;
  readonly #known = new Set<string>();

  constructor(options: LaneQueueOptions) {
    let ids = 0;
    this.#options = options;
    this.#engine = new SqsEngine({ path: ':memory:', now: options.now, newId: () => `m${++ids}` });
    const common = {
      FifoQueue: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: '1209600',
      VisibilityTimeout: String(options.visibilityTimeoutSeconds),
    };
    this.#engine.createQueue(deadQueueName, common);
    const redrive = { deadLetterTargetArn: deadQueueArn, maxReceiveCount: options.maxReceiveCount };
    this.#engine.createQueue(laneQueueName, { ...common, RedrivePolicy: JSON.stringify(redrive) });
  }

  /** What the production code and operators ask of SQS. */
  execute(command: object, actor: string): object {
    const answer = this.#execute(command, actor);
    this.#options.onChange();
    return answer;
  }

  /** The next message that may be received, if any. */
  receive(): ReceivedMessage | undefined {
    return this.#engine.receive(laneQueueName, { maxMessages: 1 })[0];
  }

  /** Lambda's own: after a successful invocation. A receipt that is too old is refused; nobody hears of it. */
  delete(receiptHandle: string): void {
    try {
      this.#engine.delete(laneQueueName, receiptHandle);
    } catch {
      // The message comes back.
    }
    this.#options.onChange();
  }

  nextReadyAt(): number | undefined {
    return this.#engine.nextReadyAt(laneQueueName);
  }

  depth(name: string = laneQueueName): { visible: number; inFlight: number } {
    const attributes = this.#engine.attributes(name);
    return {
      visible: Number(attributes.ApproximateNumberOfMessages),
      inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
    };
  }

  move(): void {
    this.#engine.startMoveTask({ sourceArn: deadQueueArn });
    this.#options.onChange();
  }

  purge(queue: 'lane' | 'dead'): void {
    this.#engine.purgeQueue(queue === 'lane' ? laneQueueName : deadQueueName);
    this.#options.onChange();
  }

  close(): void {
    this.#engine.close();
  }

  #execute(command: object, actor: string): object {
    if (command instanceof SendMessageCommand) {
      const {
        MessageBody: body = '',
        MessageGroupId: groupId,
        MessageDeduplicationId: deduplicationId,
      } = command.input;
      const { messageId } = this.#engine.send(laneQueueName, { body, groupId, deduplicationId });
      const { event } = readBody(body);
      const { history, now } = this.#options;
      const isNew = !this.#known.has(messageId);
      this.#known.add(messageId);
      history.add({ kind: 'sent', at: now(), messageId, event, actor, isNew });
      return { MessageId: messageId };
    }
    if (command instanceof ChangeMessageVisibilityCommand) {
      const { ReceiptHandle: handle = '', VisibilityTimeout: seconds = 0 } = command.input;
      this.#engine.changeVisibility(laneQueueName, handle, seconds);
      return {};
    }
    if (command instanceof StartMessageMoveTaskCommand) {
      this.#engine.startMoveTask({ sourceArn: deadQueueArn });
      return {};
    }
    throw new Error(`the queue does not know ${command.constructor.name}`);
  }
}

/** Event and copy of a message; everything in the lane queue was sent by the project's own code. */
export function readBody(body: string): { readonly event: string; readonly copy: string } {
  const parsed: unknown = JSON.parse(body);
  const read = (name: string): string => {
    const value: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined;
    if (typeof value !== 'string') throw new Error(`a message without ${name}`);
    return value;
  };
  return { event: read('event'), copy: read('copy') };
}
