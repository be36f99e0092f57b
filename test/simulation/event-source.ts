import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eventOf, readContent, told as toldContent } from './message-content.ts';
import type { Received } from './sqs/model.ts';
import type { RunningProcess, World } from './world.ts';

export interface EventSourceOptions {
  readonly queue: 'lanes' | 'feeder';
  readonly function: 'processor' | 'dead-letter';
  readonly timeoutSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  /** Messages of a receive, and of its invocation, at most. */
  readonly batchSize: number;
  /** Batches that are received, and not done, at a time. */
  readonly pollers: number;
  /** Invocations that the account lets be at a time; those beyond are throttled. */
  readonly concurrency: () => number;
  /** Whether the receive of a batch that begins with this message comes to nothing. */
  readonly isLost: (first: Received) => boolean;
  readonly onReceived: (message: Received) => void;
  readonly run: (batch: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse>;
}

export interface Invocation {
  readonly process: RunningProcess;
  /** By its own clock. */
  readonly deadline: Date;
  /** True time at which it is ended. */
  readonly endsAt: number;
}

/**
 * Lambda's event source mapping of a queue, and the function behind it: one batch an invocation; an invocation that takes too long is
 * ended; what was not done comes back when its visibility ends. A poller whose invocation is throttled keeps its batch and tries again,
 * now and then for longer than the messages are hidden.
 */
export function startEventSource(
  world: World,
  options: EventSourceOptions,
): { readonly isIdle: () => boolean; readonly wake: () => void } {
  const { queue: queueName, timeoutSeconds, visibilityTimeoutSeconds, pollers } = options;
  const { scheduler, history, queues, trace, isTold } = world;
  const random = world.random.fork(`poller of ${queueName}`);
  const busy = new Set<number>();
  let held = 0;
  let pumpAt = Infinity;

  /** Long polling: what becomes ready is received within milliseconds. */
  function wake(): void {
    if (busy.size + held >= pollers) return;
    const readyAt = queues.nextReadyAt(queueName);
    if (readyAt === undefined) return;
    const at = Math.max(scheduler.now, readyAt) + 2;
    if (at >= pumpAt) return;
    pumpAt = at;
    scheduler.at(at, () => {
      if (pumpAt === at) pumpAt = Infinity;
      pump();
    });
  }

  function pump(): void {
    if (world.network.isDown('queue')) {
      scheduler.after(5000, wake);
      return;
    }
    while (busy.size + held < pollers) {
      const [first, ...others] = queues.receive(queueName, options.batchSize);
      if (!first) break;
      deliver([first, ...others]);
    }
    const readyAt = queues.nextReadyAt(queueName);
    // Ready, and not given out: the queue searches no further, or has as many in flight as it allows.
    if (readyAt !== undefined && readyAt <= scheduler.now) scheduler.after(5000, wake);
    else wake();
  }

  function deliver(batch: Batch): void {
    if (options.isLost(batch[0])) {
      trace(`${told(batch)} comes to nothing`);
      note(batch, undefined);
      return;
    }
    batch.forEach(options.onReceived);
    if (busy.size >= options.concurrency() || random.chance(world.faults.lateInvocation)) hold(batch);
    else invoke(batch);
    if (random.chance(world.faults.duplicateDelivery)) {
      scheduler.after(random.spread(1, 60_000), () => {
        if (busy.size < pollers) invoke(batch);
      });
    }
  }

  /** The poller has the batch and may not invoke: late, or never. */
  function hold(batch: Batch): void {
    held++;
    const visibleMs = visibilityTimeoutSeconds * 1000;
    const patienceMs = random.chance(0.3)
      ? random.int(0, visibleMs)
      : visibleMs + random.pick([-2000, 0, 2000, 20_000]);
    const until = scheduler.now + patienceMs;
    // Who is not throttled, only slow, invokes once that time is over.
    const isSlow = busy.size < options.concurrency();
    trace(`the poller holds ${told(batch)} for ${isSlow ? '' : 'at most '}${patienceMs} ms`);
    const again = (): void => {
      const mayInvoke = busy.size < options.concurrency();
      if (isSlow ? scheduler.now >= until : mayInvoke) {
        held--;
        invoke(batch);
      } else if (scheduler.now >= until) {
        held--;
        note(batch, undefined);
        wake();
      } else scheduler.after(isSlow ? until - scheduler.now : random.int(200, 4000), again);
    };
    scheduler.after(isSlow ? patienceMs : random.int(200, 2000), again);
  }

  function note(batch: Batch, actor: string | undefined): void {
    for (const { body, messageId, receiveCount } of batch) {
      const content = readContent(body);
      history.add({
        kind: 'received',
        at: scheduler.now,
        queue: queueName,
        actor,
        messageId,
        receiveCount,
        content,
        event: eventOf(content),
      });
    }
  }

  function invoke(batch: Batch): void {
    const slot = firstFree(busy);
    busy.add(slot);
    const free = () => {
      if (!busy.delete(slot)) return;
      wake();
    };
    const process = world.process(options.function, `${options.function}-${slot}`, { onDeath: free });
    const { actor } = process;
    note(batch, actor.name);
    if (isTold) trace(`${told(batch)} by ${actor.name}`);

    const endsAt = scheduler.now + timeoutSeconds * 1000;
    scheduler.at(endsAt, () => {
      const isKilled = actor.killUnlessPaused();
      if (isKilled) trace(`${actor.name} has timed out`);
      // To Lambda a frozen process is over too.
      free();
    });
    world.go(actor.name, async () => {
      const deadline = new Date(actor.now().getTime() + timeoutSeconds * 1000);
      const { batchItemFailures } = await options.run(toEvent(batch), { process, deadline, endsAt });
      actor.end();
      free();
      const kept = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      trace(`${actor.name} is done: ${kept.size} of ${batch.length} kept`);
      history.add({ kind: 'answered', at: scheduler.now, actor: actor.name, isKept: kept.size > 0 });
      if (scheduler.now >= endsAt || world.network.isDown('queue')) return;
      for (const { messageId, receiptHandle } of batch)
        if (!kept.has(messageId)) queues.delete(queueName, receiptHandle);
    });
  }

  return { isIdle: () => busy.size + held === 0, wake };
}

type Batch = readonly [Received, ...Received[]];

const told = (batch: Batch): string =>
  batch
    .map(({ messageId, body, receiveCount }) => {
      return `receive ${receiveCount} of ${messageId} (${toldContent(readContent(body))})`;
    })
    .join(', ');

function firstFree(busy: ReadonlySet<number>): number {
  let slot = 0;
  while (busy.has(slot)) slot++;
  return slot;
}

const toEvent = (batch: Batch): SQSEvent => ({
  Records: batch.map((message) => ({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'simulation',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      MessageGroupId: message.groupId,
      ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'queue',
    awsRegion: 'us-east-1',
  })),
});
