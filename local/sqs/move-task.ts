import type { Database } from './database.ts';
import type { MessageStore } from './message-store.ts';
import { MoveTaskStore, type MoveTask } from './move-task-store.ts';
import { queueNameOfArn } from './queue-arn.ts';
import type { Queue, QueueRegistry } from './queue-registry.ts';
import { invalidParameter, resourceNotFound, SqsError } from './sqs-error.ts';

export type NewMoveTask = {
  sourceArn: string;
  destinationArn?: string | undefined;
  maxPerSecond?: number | undefined;
};

type MoveTaskDeps = { queues: QueueRegistry; messages: MessageStore; newId: () => string };

/** SQS API reference, StartMessageMoveTask: 500 is the most a task may be told; here it is the default too. */
const maxPerSecondLimit = 500;

/**
 * Moves what a dead-letter queue held when the task started, oldest group first, in order within a group and leaving
 * out what is in flight. It has no timer: the owner of the clock calls `advance`.
 */
export class MoveTasks {
  readonly #store: MoveTaskStore;
  readonly #deps: MoveTaskDeps;
  #running: MoveTask[];

  constructor(db: Database, deps: MoveTaskDeps) {
    this.#store = new MoveTaskStore(db);
    this.#deps = deps;
    this.#running = this.#store.running();
  }

  /** The first second's share is moved before this returns. */
  start({ sourceArn, destinationArn, maxPerSecond }: NewMoveTask, now: number): MoveTask {
    const source = this.#checked(sourceArn, destinationArn, maxPerSecond);
    const task: MoveTask = {
      id: this.#deps.newId(),
      sourceArn,
      destinationArn,
      maxPerSecond,
      upToSeq: this.#deps.messages.newestSeq(source.name),
      status: 'RUNNING',
      startedAt: now,
      moved: 0,
      toMove: this.#deps.messages.counts(source.name, now).visible,
      failureReason: undefined,
    };
    this.#store.add(task);
    return this.#advanced(task, now);
  }

  /** Newest first. */
  list(sourceArn: string, limit: number): MoveTask[] {
    if (!this.#deps.queues.find(queueNameOfArn(sourceArn))) throw resourceNotFound('SourceArn');
    return this.#store.newestOf(sourceArn, limit);
  }

  /** What was moved stays moved. Returns how many that were. */
  cancel(id: string): number {
    const task = this.#store.find(id);
    if (!task) throw resourceNotFound('TaskHandle');
    if (task.status !== 'RUNNING') {
      throw new SqsError('UnsupportedOperation', 'Only a task with the status RUNNING can be cancelled.');
    }
    this.#save({ ...task, status: 'CANCELLED' });
    return task.moved;
  }

  advance(now: number): void {
    for (const task of this.#running) if (now >= dueAt(task)) this.#advanced(task, now);
  }

  get isRunning(): boolean {
    return this.#running.length > 0;
  }

  /** When `advance` next has something to do, in ms. */
  nextAt(): number | undefined {
    return this.isRunning ? Math.min(...this.#running.map(dueAt)) : undefined;
  }

  #advanced(task: MoveTask, now: number): MoveTask {
    const sharesDue = Math.floor((now - task.startedAt) / 1000) + 1;
    const next = this.#moveShare(task, sharesDue * rateOf(task) - task.moved, now);
    this.#save(next);
    return next;
  }

  #moveShare(task: MoveTask, share: number, now: number): MoveTask {
    const { queues, messages, newId } = this.#deps;
    const source = queueNameOfArn(task.sourceArn);
    messages.groups.openDue(source, now);
    let { moved } = task;
    for (let left = share; ; left--) {
      const group = messages.groups.nextReady(source, 0, task.upToSeq);
      const message = group && messages.oldestOf(source, group.orderingKey);
      if (!message) return { ...task, moved, status: 'COMPLETED' };
      if (left <= 0) return { ...task, moved };

      const destinationArn = task.destinationArn ?? message.deadLetterSource;
      const destination = destinationArn && queues.find(queueNameOfArn(destinationArn));
      if (!destination) {
        const failureReason = destinationArn
          ? 'AWS.SimpleQueueService.NonExistentQueue'
          : 'CouldNotDetermineMessageSource';
        return { ...task, moved, status: 'FAILED', failureReason };
      }
      messages.remove(source, message, now);
      // A new message in all but its content. As far as is known a move on AWS is not deduplicated against the
      // first send, or a redrive within five minutes of it would lose the message; so it is not here.
      const id = newId();
      const orderingKey = destination.settings.fifo ? message.orderingKey : id;
      const visibleAt = now + destination.settings.delaySeconds * 1000;
      const fresh = { id, orderingKey, sentAt: now, visibleAt, receiveCount: 0, firstReceivedAt: undefined };
      messages.append(destination.name, { ...message, ...fresh, deadLetterSource: undefined }, now);
      moved++;
    }
  }

  #save(task: MoveTask): void {
    this.#store.saveProgress(task);
    this.#running = this.#running.filter(({ id }) => id !== task.id);
    if (task.status === 'RUNNING') this.#running.push(task);
  }

  #checked(sourceArn: string, destinationArn: string | undefined, maxPerSecond: number | undefined): Queue {
    const { queues } = this.#deps;
    const source = queues.find(queueNameOfArn(sourceArn));
    if (!source) throw resourceNotFound('SourceArn');
    if (!queues.isDeadLetterQueue(source.arn)) {
      throw new SqsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    }
    if (maxPerSecond !== undefined && (maxPerSecond < 1 || maxPerSecond > maxPerSecondLimit)) {
      const reason = `Must be between 1 and ${maxPerSecondLimit}, if provided.`;
      throw invalidParameter('MaxNumberOfMessagesPerSecond', maxPerSecond, reason);
    }
    if (destinationArn !== undefined) {
      const destination = queues.find(queueNameOfArn(destinationArn));
      if (!destination) throw resourceNotFound('DestinationArn');
      if (destination === source) {
        throw invalidParameter(
          'DestinationArn',
          destinationArn,
          'Source and destination must be different queues.',
        );
      }
      if (destination.settings.fifo !== source.settings.fifo) {
        throw invalidParameter(
          'DestinationArn',
          destinationArn,
          'Must be the same type of queue as the source.',
        );
      }
    }
    if (this.#running.some((task) => task.sourceArn === sourceArn)) {
      throw new SqsError(
        'InvalidParameterValue',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    return source;
  }
}

function rateOf(task: MoveTask): number {
  return task.maxPerSecond ?? maxPerSecondLimit;
}

function dueAt(task: MoveTask): number {
  return task.startedAt + Math.floor(task.moved / rateOf(task)) * 1000;
}
