import { randomUUID } from 'node:crypto';
import { ApproximateCounts, type CountsOptions } from './approximate-counts.ts';
import { Database } from './database.ts';
import { Deduplication } from './deduplication.ts';
import { changeVisibility, deleteMessage } from './in-flight.ts';
import { fifoLimits, type FifoLimits } from './limits.ts';
import { MessageStore, type Message } from './message-store.ts';
import type { MoveTask } from './move-task-store.ts';
import { MoveTasks, type NewMoveTask } from './move-task.ts';
import type { QueueAttributes, QueueSettings } from './queue-attributes.ts';
import { QueueRegistry } from './queue-registry.ts';
import { receive, type ReceivedMessage, type ReceiveOptions } from './receive.ts';
import { send, type OutgoingMessage, type SentMessage } from './send.ts';

/**
 * `path` defaults to a database in memory, `now` (ms) to the machine's clock, `newId` to random UUIDs, `limits` to those of SQS,
 * `counts` to exact ones.
 */
export type SqsEngineOptions = {
  path?: string;
  now?: () => number;
  newId?: () => string;
  limits?: Partial<FifoLimits>;
  counts?: CountsOptions;
};

/**
 * Amazon SQS as a synchronous object: FIFO and standard queues, visibility, deduplication, dead-lettering, move tasks.
 * What returned is durable. It has no timers: time passes when a method asks the clock. Queues go by name; every
 * method throws SqsError under the name and text SQS would answer with.
 */
export class SqsEngine {
  readonly #db: Database;
  readonly #queues: QueueRegistry;
  readonly #messages: MessageStore;
  readonly #deduplication: Deduplication;
  readonly #moveTasks: MoveTasks;
  readonly #limits: FifoLimits;
  readonly #counts: ApproximateCounts;
  readonly #now: () => number;
  readonly #newId: () => string;

  constructor(options: SqsEngineOptions = {}) {
    const { path = ':memory:', now = Date.now, newId = randomUUID, limits } = options;
    this.#limits = { ...fifoLimits, ...limits };
    this.#counts = new ApproximateCounts(options.counts);
    this.#db = new Database(path);
    this.#queues = new QueueRegistry(this.#db);
    this.#messages = new MessageStore(this.#db, this.#limits.searched);
    this.#deduplication = new Deduplication(this.#db);
    this.#moveTasks = new MoveTasks(this.#db, { queues: this.#queues, messages: this.#messages, newId });
    this.#now = now;
    this.#newId = newId;
  }

  createQueue(name: string, attributes: QueueAttributes = {}): void {
    this.#queues.create(name, attributes, this.#now());
  }

  queueNames(prefix = ''): string[] {
    return this.#queues.all().flatMap(({ name }) => (name.startsWith(prefix) ? [name] : []));
  }

  settings(queue: string): QueueSettings {
    return this.#queues.get(queue).settings;
  }

  deleteQueue(queue: string): void {
    this.atomically(() => {
      this.#queues.remove(queue);
      this.#messages.removeAll(queue);
      this.#deduplication.forget(queue);
    });
  }

  /** Deletes every message, those in flight too; what was sent stays deduplicated. */
  purgeQueue(queue: string): void {
    this.atomically(() => this.#messages.removeAll(this.#queues.get(queue).name));
  }

  /** A new delay also holds for messages that still wait in a FIFO queue, and not in a standard one. */
  setAttributes(queue: string, attributes: QueueAttributes): void {
    const now = this.#now();
    this.atomically(() => {
      this.#queues.change(queue, attributes, now);
      const { fifo, delaySeconds } = this.settings(queue);
      if (fifo && attributes.DelaySeconds !== undefined) {
        this.#messages.changeDelay(queue, delaySeconds * 1000, now);
      }
    });
  }

  /** All of them, the computed ones too. */
  attributes(queue: string): QueueAttributes {
    const now = this.#now();
    const { name, arn, attributes, settings, createdAt, modifiedAt } = this.#queues.get(queue);
    this.advance();
    return this.atomically(() => {
      this.#messages.removeSentBefore(name, now - settings.retentionSeconds * 1000, now);
      const counted = this.#messages.counts(name, now);
      const { visible, inFlight, delayed } = this.#counts.reported(name, counted, now);
      return {
        ...attributes,
        QueueArn: arn,
        CreatedTimestamp: String(Math.floor(createdAt / 1000)),
        LastModifiedTimestamp: String(Math.floor(modifiedAt / 1000)),
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
      };
    });
  }

  /** Every message of a queue, oldest first, also those in flight. Changes nothing. */
  messages(queue: string): Message[] {
    return this.#messages.all(this.#queues.get(queue).name);
  }

  send(queue: string, message: OutgoingMessage): SentMessage {
    const deps = {
      messages: this.#messages,
      deduplication: this.#deduplication,
      now: this.#now(),
      newId: this.#newId,
    };
    return this.atomically(() => send(this.#queues.get(queue), message, deps));
  }

  /** Never waits; an empty list is the answer of a queue that has nothing ready. */
  receive(queue: string, options: ReceiveOptions = {}): ReceivedMessage[] {
    const now = this.#now();
    const deps = {
      queues: this.#queues,
      messages: this.#messages,
      limits: this.#limits,
      now,
      newId: this.#newId,
    };
    this.advance();
    return this.atomically(() => receive(this.#queues.get(queue), options, deps));
  }

  delete(queue: string, receiptHandle: string): void {
    const deps = { messages: this.#messages, now: this.#now() };
    this.atomically(() => deleteMessage(this.#queues.get(queue), receiptHandle, deps));
  }

  changeVisibility(queue: string, receiptHandle: string, seconds: number): void {
    const deps = { messages: this.#messages, now: this.#now() };
    this.atomically(() => changeVisibility(this.#queues.get(queue), receiptHandle, seconds, deps));
  }

  startMoveTask(task: NewMoveTask): MoveTask {
    return this.atomically(() => this.#moveTasks.start(task, this.#now()));
  }

  listMoveTasks(sourceArn: string, limit: number): MoveTask[] {
    this.advance();
    return this.#moveTasks.list(sourceArn, limit);
  }

  cancelMoveTask(id: string): number {
    this.advance();
    return this.atomically(() => this.#moveTasks.cancel(id));
  }

  /** Moves what the running move tasks owe by now. */
  advance(): void {
    if (this.#moveTasks.isRunning) this.atomically(() => this.#moveTasks.advance(this.#now()));
  }

  /** When a receive of this queue may next find something, in ms; undefined while it holds nothing. */
  nextReadyAt(queue: string): number | undefined {
    if (this.#queues.find(queue)?.settings.fifo !== true) return this.#messages.groups.nextReadyAt(queue);
    const readyAt = this.#messages.groups.nextReadyAt(queue, this.#messages.backlog.reach(queue));
    const roomAt = this.#messages.roomInFlightAt(queue, this.#limits.inFlight, this.#now());
    return readyAt === undefined || roomAt === undefined ? readyAt : Math.max(readyAt, roomAt);
  }

  /** When `advance` next has something to do, in ms. */
  nextMoveAt(): number | undefined {
    return this.#moveTasks.nextAt();
  }

  /** Several calls as one transaction. A call that throws has changed nothing and may be caught inside. */
  atomically<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  close(): void {
    this.#db.close();
  }
}
