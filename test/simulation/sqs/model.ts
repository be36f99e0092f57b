import type { ReceivedMessage } from '../../../local/sqs/receive.ts';
import { sequenceNumber } from '../../../local/sqs/sequence-number.ts';
import { invalidParameter, SqsError } from '../../../local/sqs/sqs-error.ts';

export interface QueueShape {
  readonly visibilityTimeoutSeconds: number;
  /** Where a message goes that would be received once too often. */
  readonly redrive?: { readonly deadLetterQueue: string; readonly maxReceiveCount: number };
}

export interface Held {
  readonly seq: number;
  readonly id: string;
  readonly groupId: string;
  readonly body: string;
  readonly sentAt: number;
  /** Where it came from, if SQS moved it here. */
  readonly deadLetterSource: string | undefined;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  receivedAt: number | undefined;
  /** Of the last receive. */
  receipt: string | undefined;
}

export type Received = Pick<
  ReceivedMessage,
  'messageId' | 'body' | 'receiptHandle' | 'receiveCount' | 'sentAt' | 'firstReceivedAt' | 'sequenceNumber'
> & { readonly groupId: string };

interface MoveTask {
  readonly id: string;
  readonly source: string;
  readonly destination: string | undefined;
  readonly perSecond: number;
  readonly upToSeq: number;
  readonly startedAt: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
}

export interface SqsModelOptions {
  readonly now: () => number;
  readonly newId: () => string;
  /** Messages, from the oldest on, among which a receive looks for a group that is free. */
  readonly searched: number;
}

const deduplicationWindowMs = 300_000;
const longestInFlightMs = 43_200_000;
const mostMovedPerSecond = 500;

/**
 * FIFO queues with deduplication by group, as plain objects: what the simulation needs of the local cloud's engine, which keeps them in a
 * database, and nothing else. A test plays both side by side. For queues of a few messages, none of them older than the retention.
 */
export class SqsModel {
  readonly #queues = new Map<string, { readonly shape: QueueShape; messages: Held[] }>();
  readonly #sent = new Map<string, { readonly messageId: string; readonly at: number }>();
  #tasks: MoveTask[] = [];
  #seq = 0;
  readonly #options: SqsModelOptions;

  constructor(options: SqsModelOptions) {
    this.#options = options;
  }

  createQueue(name: string, shape: QueueShape): void {
    this.#queues.set(name, { shape, messages: [] });
  }

  /** Oldest first. */
  messages(queue: string): readonly Held[] {
    return this.#queue(queue).messages;
  }

  send(
    queue: string,
    { body, groupId, deduplicationId }: Readonly<Record<'body' | 'groupId' | 'deduplicationId', string>>,
  ): { readonly messageId: string } {
    const { now, newId } = this.#options;
    const messageId = newId();
    const key = `${queue}\n${groupId}\n${deduplicationId}`;
    const first = this.#sent.get(key);
    if (first && first.at > now() - deduplicationWindowMs) return first;
    this.#sent.set(key, { messageId, at: now() });
    this.#append(queue, { id: messageId, groupId, body });
    return { messageId };
  }

  receive(
    name: string,
    {
      maxMessages = 1,
      visibilityTimeoutSeconds,
    }: { maxMessages?: number; visibilityTimeoutSeconds?: number } = {},
  ): Received[] {
    this.advance();
    const queue = this.#queue(name);
    const seconds = visibilityTimeoutSeconds ?? queue.shape.visibilityTimeoutSeconds;
    const received: Received[] = [];
    for (const group of this.#openGroups(queue.messages, this.#reach(queue.messages))) {
      for (const message of group) {
        if (received.length === maxMessages || message.visibleAt > this.#options.now()) break;
        if (!this.#deadLetter(name, message)) received.push(this.#take(name, message, seconds));
      }
      if (received.length === maxMessages) break;
    }
    return received;
  }

  /** Deleting what is gone is harmless; a receipt that has expired, or that a later one has replaced, is refused. */
  delete(queue: string, receiptHandle: string): void {
    const { message, isNewest } = this.#resolve(queue, receiptHandle);
    if (!message) return;
    if (!isNewest || message.visibleAt <= this.#options.now()) {
      throw invalidParameter('ReceiptHandle', receiptHandle, 'The receipt handle has expired.');
    }
    this.#remove(queue, message);
  }

  changeVisibility(queue: string, receiptHandle: string, seconds: number): void {
    const now = this.#options.now();
    const { message, isNewest } = this.#resolve(queue, receiptHandle);
    if (!message || !isNewest) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw invalidParameter('ReceiptHandle', receiptHandle, reason);
    }
    if (message.visibleAt <= now) {
      throw new SqsError('MessageNotInflight', "The specified message isn't in flight.");
    }
    if (now + seconds * 1000 > (message.receivedAt ?? now) + longestInFlightMs) {
      throw invalidParameter('VisibilityTimeout', seconds, 'Total VisibilityTimeout is beyond the limit');
    }
    message.visibleAt = now + seconds * 1000;
  }

  /** What was sent stays deduplicated. */
  purgeQueue(queue: string): void {
    this.#queue(queue).messages = [];
  }

  /** When a receive may next find something: now or later; undefined while there is nothing within its search. */
  nextReadyAt(queue: string): number | undefined {
    const { messages } = this.#queue(queue);
    if (messages.length === 0) return undefined;
    const reach = this.#reach(messages);
    let next = Infinity;
    for (const group of groupsOf(messages)) {
      if ((group[0]?.seq ?? Infinity) <= reach) next = Math.min(next, blockedUntil(group));
    }
    return Math.max(this.#options.now(), next);
  }

  /** Without a destination each message goes where SQS took it from. The first second's share is moved at once. */
  startMoveTask(
    source: string,
    { destination, perSecond = mostMovedPerSecond }: { destination?: string; perSecond?: number } = {},
  ): Pick<MoveTask, 'id' | 'status'> {
    if (this.#tasks.some((task) => task.source === source)) {
      throw new SqsError('InvalidParameterValue', 'There is already a task running.');
    }
    const task: MoveTask = {
      id: this.#options.newId(),
      source,
      destination,
      perSecond,
      upToSeq: this.#queue(source).messages.at(-1)?.seq ?? 0,
      startedAt: this.#options.now(),
      moved: 0,
      status: 'RUNNING',
    };
    this.#tasks.push(task);
    this.#goOn(task);
    return task;
  }

  cancelMoveTask(id: string): void {
    this.advance();
    const task = this.#tasks.find((one) => one.id === id);
    if (!task) throw new SqsError('UnsupportedOperation', 'Only a task that is running can be cancelled.');
    task.status = 'CANCELLED';
    this.#tasks = this.#tasks.filter((one) => one !== task);
  }

  /** When `advance` next has something to do. */
  nextMoveAt(): number | undefined {
    return this.#tasks.length === 0 ? undefined : Math.min(...this.#tasks.map(dueAt));
  }

  advance(): void {
    for (const task of this.#tasks) if (this.#options.now() >= dueAt(task)) this.#goOn(task);
  }

  #queue(name: string) {
    const queue = this.#queues.get(name);
    if (!queue) throw new SqsError('AWS.SimpleQueueService.NonExistentQueue', `there is no queue ${name}`);
    return queue;
  }

  #append(queue: string, message: Pick<Held, 'id' | 'groupId' | 'body'> & Partial<Held>): void {
    const now = this.#options.now();
    this.#queue(queue).messages.push({
      receiveCount: 0,
      firstReceivedAt: undefined,
      deadLetterSource: undefined,
      ...message,
      seq: ++this.#seq,
      sentAt: now,
      visibleAt: now,
      receivedAt: undefined,
      receipt: undefined,
    });
  }

  #remove(queue: string, message: Held): void {
    const { messages } = this.#queue(queue);
    messages.splice(messages.indexOf(message), 1);
  }

  #take(queue: string, message: Held, seconds: number): Received {
    const now = this.#options.now();
    const receipt = this.#options.newId();
    const firstReceivedAt = message.firstReceivedAt ?? now;
    message.receiveCount++;
    Object.assign(message, { receipt, firstReceivedAt, receivedAt: now, visibleAt: now + seconds * 1000 });
    const { id, body, groupId, sentAt, receiveCount, seq } = message;
    const receiptHandle = `${queue} ${seq} ${receipt}`;
    const number = sequenceNumber(seq);
    return {
      messageId: id,
      body,
      groupId,
      sentAt,
      receiveCount,
      firstReceivedAt,
      receiptHandle,
      sequenceNumber: number,
    };
  }

  #deadLetter(queue: string, message: Held): boolean {
    const { redrive } = this.#queue(queue).shape;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    this.#remove(queue, message);
    this.#append(redrive.deadLetterQueue, { ...message, deadLetterSource: queue });
    return true;
  }

  #resolve(queue: string, receiptHandle: string) {
    const [of, seq, receipt] = receiptHandle.split(' ');
    if (of !== queue) throw new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is not valid.');
    const message = this.#queue(queue).messages.find((one) => one.seq === Number(seq));
    return { message, isNewest: message?.receipt === receipt };
  }

  /** The newest message that a search for a free group comes to. */
  #reach(messages: readonly Held[]): number {
    return messages[this.#options.searched - 1]?.seq ?? Infinity;
  }

  #openGroups(messages: readonly Held[], reach: number): readonly (readonly Held[])[] {
    const now = this.#options.now();
    return groupsOf(messages).filter(
      (group) => (group[0]?.seq ?? Infinity) <= reach && blockedUntil(group) <= now,
    );
  }

  #goOn(task: MoveTask): void {
    const now = this.#options.now();
    const shares = Math.floor((now - task.startedAt) / 1000) + 1;
    for (let left = shares * task.perSecond - task.moved; task.status === 'RUNNING'; left--) {
      const [message] = this.#openGroups(this.#queue(task.source).messages, task.upToSeq)[0] ?? [];
      const destination = task.destination ?? message?.deadLetterSource;
      if (message === undefined) task.status = 'COMPLETED';
      else if (left <= 0) return;
      else if (destination === undefined) task.status = 'FAILED';
      else {
        this.#remove(task.source, message);
        const { groupId, body } = message;
        this.#append(destination, { id: this.#options.newId(), groupId, body });
        task.moved++;
      }
    }
    this.#tasks = this.#tasks.filter((one) => one !== task);
  }
}

/** In the order of their oldest messages. */
const groupsOf = (messages: readonly Held[]): readonly (readonly Held[])[] => [
  ...Map.groupBy(messages, ({ groupId }) => groupId).values(),
];

/** A message in flight keeps all of its group where they are. */
function blockedUntil(group: readonly Held[]): number {
  let until = group[0]?.visibleAt ?? 0;
  for (const { receipt, visibleAt } of group)
    if (receipt !== undefined && visibleAt > until) until = visibleAt;
  return until;
}

const dueAt = ({ startedAt, moved, perSecond }: MoveTask): number =>
  startedAt + Math.floor(moved / perSecond) * 1000;
