import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { SqsError } from '../../local/sqs/sqs-error.ts';
import type { History } from './history.ts';
import { eventOf, readContent, type Content } from './message-content.ts';
import type { QueueName, SeenMessage } from './seen-message.ts';
import { SqsModel, type Received } from './sqs/model.ts';

export interface QueueOptions {
  readonly now: () => number;
  readonly history: History;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  readonly feeder: { readonly visibilityTimeoutSeconds: number; readonly maxReceiveCount: number };
  /** Of SQS itself, where a history wants lower ones. */
  readonly limits: { readonly searched?: number; readonly inFlight?: number };
  /** Called after every change. */
  readonly onChange: () => void;
  /** Does something at a time. */
  readonly at: (time: number, act: () => void) => void;
}

/** Lane queue, feeder and the one dead-letter queue of both. */
export class Queues {
  readonly #sqs: SqsModel;
  readonly #options: QueueOptions;
  readonly #known = new Set<string>();
  #dead = new Map<string, Content>();

  constructor(options: QueueOptions) {
    let ids = 0;
    this.#options = options;
    this.#sqs = new SqsModel({
      now: options.now,
      newId: () => `m${++ids}`,
      searched: options.limits.searched ?? 120_000,
    });
    const { visibilityTimeoutSeconds, maxReceiveCount, feeder } = options;
    const redrive = { deadLetterQueue: 'dead', maxReceiveCount };
    this.#sqs.createQueue('dead', { visibilityTimeoutSeconds: 30 });
    this.#sqs.createQueue('lanes', { visibilityTimeoutSeconds, redrive });
    this.#sqs.createQueue('feeder', {
      visibilityTimeoutSeconds: feeder.visibilityTimeoutSeconds,
      redrive: { ...redrive, maxReceiveCount: feeder.maxReceiveCount },
    });
  }

  /** What the production code asks of SQS. `isRefused`: of a batch, SQS may take some and refuse others. */
  execute(command: object, actor: string, isRefused: () => boolean = () => false): object {
    const answer =
      command instanceof SendMessageBatchCommand
        ? this.#sendBatch(command, actor, isRefused)
        : this.#execute(command, actor);
    this.#options.onChange();
    return answer;
  }

  /** The event source's own: the next messages that may be received, if any. */
  receive(queue: 'lanes' | 'feeder', maxMessages: number): readonly Received[] {
    if (queue === 'lanes' && !this.#hasRoomInFlight()) return [];
    const messages = this.#sqs.receive(queue, { maxMessages });
    // A receive is what moves messages whose receives are used up; those of the lane queue last for hours.
    if (queue === 'feeder') this.observe();
    return messages;
  }

  /** Of the lane queue alone: the dead-letter queue never comes near its limit. */
  #hasRoomInFlight(): boolean {
    const { limits, now } = this.#options;
    if (limits.inFlight === undefined) return true;
    const inFlight = this.#sqs
      .messages('lanes')
      .filter(({ receipt, visibleAt }) => receipt !== undefined && visibleAt > now());
    return inFlight.length < limits.inFlight;
  }

  /** Lambda's own: after a successful invocation. A receipt that is too old is refused, and the message comes back. */
  delete(queue: QueueName, receiptHandle: string): boolean {
    try {
      this.#sqs.delete(queue, receiptHandle);
    } catch {
      return false;
    }
    this.#options.onChange();
    return true;
  }

  nextReadyAt(queue: QueueName): number | undefined {
    return this.#sqs.nextReadyAt(queue);
  }

  /** Of all three queues, or of one. */
  count(queue?: QueueName): number {
    if (queue === undefined) return this.count('lanes') + this.count('feeder') + this.count('dead');
    return this.#sqs.messages(queue).length;
  }

  /** Oldest first; if only those are wanted that can be moved now, without groups in flight. */
  peek(queue: QueueName, { visible = false } = {}): readonly SeenMessage[] {
    const now = this.#options.now();
    const messages = this.#sqs.messages(queue);
    // A message in flight keeps all of its group where they are.
    const blocked = new Set(messages.flatMap((one) => (one.visibleAt > now ? [one.groupId] : [])));
    return messages
      .filter(({ groupId }) => !visible || !blocked.has(groupId))
      .map(({ id, body }) => ({ messageId: id, content: readContent(body) }));
  }

  /** Puts a message where an operator wants it. */
  put(queue: QueueName, body: string, groupId: string, actor: string): void {
    const deduplicationId = `by hand ${this.#known.size}`.replaceAll(' ', '-');
    this.execute(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: body,
        MessageGroupId: groupId,
        MessageDeduplicationId: deduplicationId,
      }),
      actor,
    );
    this.observe();
  }

  /** What the console's button does; without a destination each message goes back where it came from. Answers the task's handle. */
  move(destination?: 'lanes' | 'feeder', maxPerSecond?: number): string {
    const letters = this.peek('dead', { visible: true });
    const { id, status } = this.#sqs.startMoveTask('dead', {
      ...(destination && { destination }),
      ...(maxPerSecond && { perSecond: maxPerSecond }),
    });
    const { history, now } = this.#options;
    // A message that was put there by hand has no source, and ends a move to the sources.
    const isInParts = maxPerSecond !== undefined || status === 'FAILED';
    history.add({ kind: 'moved', at: now(), destination: destination ?? 'source', isInParts, letters });
    this.#goOnMoving();
    return id;
  }

  cancelMove(id: string): void {
    this.#sqs.cancelMoveTask(id);
    this.observe();
  }

  purge(queue: QueueName): void {
    const { history, now } = this.#options;
    history.add({ kind: 'purged', at: now(), queue, messages: this.peek(queue) });
    this.#sqs.purgeQueue(queue);
    this.#options.onChange();
    this.observe();
  }

  /** Takes out of the dead-letter queue what nobody of ours can use. */
  clear(isUseless: (content: Content) => boolean): void {
    const received = this.#sqs.receive('dead', {
      maxMessages: 10,
      visibilityTimeoutSeconds: 1,
    });
    for (const { body, receiptHandle } of received) {
      if (isUseless(readContent(body))) this.delete('dead', receiptHandle);
      else this.#sqs.changeVisibility('dead', receiptHandle, 0);
    }
    this.observe();
  }

  /** Tells the history what came into the dead-letter queue and what went since it was last looked at. */
  observe(): void {
    const { history, now } = this.#options;
    const seen = new Map(this.peek('dead').map(({ messageId, content }) => [messageId, content]));
    for (const [messageId, content] of seen) {
      if (!this.#dead.has(messageId)) history.add({ kind: 'dead-lettered', at: now(), messageId, content });
    }
    for (const [messageId, content] of this.#dead) {
      if (!seen.has(messageId)) history.add({ kind: 'left-dead', at: now(), messageId, content });
    }
    this.#dead = seen;
  }

  #goOnMoving(): void {
    this.observe();
    this.#options.onChange();
    const next = this.#sqs.nextMoveAt();
    if (next === undefined) return;
    this.#options.at(next, () => {
      this.#sqs.advance();
      this.#goOnMoving();
    });
  }

  #sendBatch(
    { input: { QueueUrl, Entries = [] } }: SendMessageBatchCommand,
    actor: string,
    isRefused: () => boolean,
  ): object {
    const refused = Entries.filter(isRefused);
    for (const entry of Entries) {
      if (refused.includes(entry)) continue;
      const { MessageBody, MessageGroupId, MessageDeduplicationId } = entry;
      const one = { QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId };
      this.#execute(new SendMessageCommand(one), actor);
    }
    return {
      Successful: Entries.filter((entry) => !refused.includes(entry)).map(({ Id }) => ({ Id })),
      Failed: refused.map(({ Id }) => ({
        Id,
        SenderFault: false,
        Code: 'InternalError',
        Message: 'try again',
      })),
    };
  }

  #execute(command: object, actor: string): object {
    if (command instanceof SendMessageCommand) {
      const {
        QueueUrl,
        MessageBody: body = '',
        MessageGroupId = '',
        MessageDeduplicationId = '',
      } = command.input;
      const queue = nameOf(QueueUrl);
      const { messageId } = this.#sqs.send(queue, {
        body,
        groupId: MessageGroupId,
        deduplicationId: MessageDeduplicationId,
      });
      const isNew = !this.#known.has(messageId);
      this.#known.add(messageId);
      const { history, now } = this.#options;
      const content = readContent(body);
      history.add({
        kind: 'sent',
        at: now(),
        queue,
        messageId,
        content,
        event: eventOf(content),
        actor,
        isNew,
      });
      return { MessageId: messageId };
    }
    if (command instanceof ChangeMessageVisibilityCommand) {
      const { QueueUrl, ReceiptHandle: handle = '', VisibilityTimeout: seconds = 0 } = command.input;
      const queue = nameOf(QueueUrl);
      this.#sqs.changeVisibility(queue, handle, seconds);
      const { history, now } = this.#options;
      history.add({ kind: 'hidden', at: now(), actor, queue, seconds });
      return {};
    }
    if (command instanceof ChangeMessageVisibilityBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input;
      const Failed = Entries.flatMap(({ Id, ReceiptHandle = '', VisibilityTimeout = 0 }) => {
        try {
          this.#sqs.changeVisibility(nameOf(QueueUrl), ReceiptHandle, VisibilityTimeout);
          return [];
        } catch (error) {
          if (!(error instanceof SqsError)) throw error;
          return [{ Id, SenderFault: true, Code: error.code }];
        }
      });
      return { Failed };
    }
    if (command instanceof ReceiveMessageCommand) return this.#receiveFor(command);
    if (command instanceof DeleteMessageCommand) {
      const { QueueUrl, ReceiptHandle = '' } = command.input;
      this.#sqs.delete(nameOf(QueueUrl), ReceiptHandle);
      this.observe();
      return {};
    }
    if (command instanceof DeleteMessageBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input;
      const isDone = (handle: string) => this.delete(nameOf(QueueUrl), handle);
      const outcomes = Entries.map(({ Id = '', ReceiptHandle = '' }) => ({
        Id,
        isDone: isDone(ReceiptHandle),
      }));
      this.observe();
      return {
        Successful: outcomes.flatMap(({ Id, isDone: done }) => (done ? [{ Id }] : [])),
        Failed: outcomes.flatMap(({ Id, isDone: done }) =>
          done ? [] : [{ Id, SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
        ),
      };
    }
    throw new Error(`the queues do not know ${command.constructor.name}`);
  }

  #receiveFor({ input }: ReceiveMessageCommand): object {
    const { QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout } = input;
    const received = this.#sqs.receive(nameOf(QueueUrl), {
      maxMessages: MaxNumberOfMessages,
      ...(VisibilityTimeout !== undefined && { visibilityTimeoutSeconds: VisibilityTimeout }),
    });
    const Messages = received.map((message) => ({
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      Attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: String(message.sentAt),
        MessageGroupId: message.groupId,
      },
    }));
    return Messages.length === 0 ? {} : { Messages };
  }
}

function nameOf(url: string | undefined): QueueName {
  if (url === 'lanes' || url === 'feeder' || url === 'dead') return url;
  throw new Error(`there is no queue ${url}`);
}
