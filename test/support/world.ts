import { randomUUID } from 'node:crypto';
import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Log, Source } from 'hooklane';
import { attentionPartition, attentionShards } from '../../functions/lane/attention.ts';
import { createCore } from '../../functions/runtime/core.ts';
import { deadLetterDelivery } from '../../functions/runtime/queue-settings.ts';
import { takeLetters, type LettersDeps } from '../../functions/dead-letter/take-letters.ts';
import { dueIndex, duePartition, dueShards } from '../../functions/lane/due.ts';
import { knownGates, readGates } from '../../functions/lane/gates.ts';
import { laneGroup } from '../../functions/lane/lane-group.ts';
import type { AcceptedEvent } from '../../functions/ledger/event.ts';
import { eventKey, eventSortKey, shardOf, type EventKey } from '../../functions/ledger/keys.ts';
import type { ReceivedMessage } from '../../functions/processor/received-event.ts';
import { processBatch, type BatchDeps } from '../../functions/processor/process-batch.ts';
import { processMessage } from '../../functions/processor/process-message.ts';
import { findHandler, findSubscribers, type Target } from '../../functions/config/find-handler.ts';
import { doneOf, sqsEvent } from '../../local/lambda/sqs-event.ts';
import { SqsEngine } from '../../local/sqs/engine.ts';
import type { Dynamo } from './intercept.ts';
import { anEvent, memoryObjects } from './ledger-fixture.ts';
import type { TestDatabase } from './dynamodb.ts';

/** A real one, or a model of it where a test needs thousands of items. */
export interface Database {
  readonly dynamodb: Dynamo;
  readonly table: TestDatabase['table'];
}

export interface WorldOptions {
  readonly sources: Readonly<Record<string, Source>>;
  readonly handlers: Readonly<Record<string, Target>>;
  /** Stands between the processor and its database. */
  readonly between?: (dynamodb: Dynamo) => Dynamo;
}

export const startedAt = new Date('2026-11-24T10:00:00.000Z');
const timeoutSeconds = 30;
const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
const quiet = () => undefined;
const noLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/**
 * Everything an event meets after it was acknowledged: ledger and lanes on a real DynamoDB, a FIFO queue with its dead-letter queue,
 * the processor. One clock for all of it, which moves only when told to, or when somebody sleeps.
 */
export async function startWorld(database: Database, options: WorldOptions) {
  let nowMs = startedAt.getTime();
  const now = () => new Date(nowMs);
  const passSeconds = (seconds: number) => void (nowMs += Math.round(seconds * 1000));
  const newId = () => randomUUID();
  const sleep = async (ms: number) => void (nowMs += ms);
  const [ledgerTable, stateTable] = [await database.table('ledger'), await database.table('state')];
  const dynamodb = options.between?.(database.dynamodb) ?? database.dynamodb;

  const engine = new SqsEngine({ now: () => nowMs });
  engine.createQueue('dead.fifo', { FifoQueue: 'true' });
  const highThroughput = {
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  };
  const redrivePolicy = (maxReceiveCount: number) =>
    JSON.stringify({ deadLetterTargetArn: arn('dead.fifo'), maxReceiveCount });
  engine.createQueue('lanes.fifo', {
    ...highThroughput,
    VisibilityTimeout: String(timeoutSeconds + 10),
    RedrivePolicy: redrivePolicy(1000),
  });
  engine.createQueue('feeder.fifo', {
    ...highThroughput,
    VisibilityTimeout: '20',
    RedrivePolicy: redrivePolicy(1),
  });
  const queue = { isDown: false };
  const sqs: Pick<SQSClient, 'send'> = {
    send: async (command: unknown) => {
      if (queue.isDown) throw new Error('the queue cannot be reached');
      if (command instanceof SendMessageCommand) {
        const { QueueUrl = '', MessageBody: body = '', MessageGroupId: groupId } = command.input;
        engine.send(QueueUrl, { body, groupId, deduplicationId: command.input.MessageDeduplicationId });
      }
      if (command instanceof SendMessageBatchCommand) {
        for (const entry of command.input.Entries ?? []) {
          engine.send(command.input.QueueUrl ?? '', {
            body: entry.MessageBody ?? '',
            groupId: entry.MessageGroupId,
            deduplicationId: entry.MessageDeduplicationId,
          });
        }
      }
      if (command instanceof ChangeMessageVisibilityCommand) {
        const { QueueUrl = '', ReceiptHandle = '', VisibilityTimeout = 0 } = command.input;
        engine.changeVisibility(QueueUrl, ReceiptHandle, VisibilityTimeout);
      }
      if (command instanceof ChangeMessageVisibilityBatchCommand) {
        const { QueueUrl = '', Entries = [] } = command.input;
        for (const { ReceiptHandle = '', VisibilityTimeout = 0 } of Entries) {
          engine.changeVisibility(QueueUrl, ReceiptHandle, VisibilityTimeout);
        }
      }
      if (command instanceof ReceiveMessageCommand) {
        const { QueueUrl = '', MaxNumberOfMessages: maxMessages, VisibilityTimeout } = command.input;
        const options = { maxMessages, visibilityTimeoutSeconds: VisibilityTimeout };
        const received = engine.receive(QueueUrl, options);
        const Messages = received.map((one) => ({
          Body: one.body,
          ReceiptHandle: one.receiptHandle,
          Attributes: { MessageGroupId: one.groupId },
        }));
        return { Messages };
      }
      if (command instanceof GetQueueAttributesCommand) {
        const { QueueUrl = '' } = command.input;
        return { Attributes: { QueueArn: arn(QueueUrl), ...engine.attributes(QueueUrl) } };
      }
      if (command instanceof StartMessageMoveTaskCommand) {
        const { SourceArn = '', MaxNumberOfMessagesPerSecond: maxPerSecond } = command.input;
        engine.startMoveTask({ sourceArn: SourceArn, ...(maxPerSecond !== undefined && { maxPerSecond }) });
      }
      if (command instanceof ListMessageMoveTasksCommand) {
        const tasks = engine.listMoveTasks(command.input.SourceArn ?? '', 10);
        const Results = tasks.map(({ id, status, moved, startedAt }) => ({
          TaskHandle: id,
          Status: status,
          ApproximateNumberOfMessagesMoved: moved,
          StartedTimestamp: startedAt,
        }));
        return { Results };
      }
      if (command instanceof CancelMessageMoveTaskCommand)
        engine.cancelMoveTask(command.input.TaskHandle ?? '');
      if (command instanceof DeleteMessageCommand) {
        const { QueueUrl = '', ReceiptHandle = '' } = command.input;
        engine.delete(QueueUrl, ReceiptHandle);
      }
      return {};
    },
  };

  const services = {
    sqs,
    ledgerTable,
    stateTable,
    queueUrl: 'lanes.fifo',
    feederUrl: 'feeder.fifo',
    objects: memoryObjects(),
    log: noLog,
    now,
    newId,
    sleep,
  };
  const core = createCore({ ...services, dynamodb });
  /** What tests look through, whatever stands between the processor and its database. */
  const view = createCore({ ...services, dynamodb: database.dynamodb });
  const deps: BatchDeps = {
    ...core,
    sources: options.sources,
    handlerFor: (event) => findHandler(options.handlers, event),
    subscribersOf: (event) => findSubscribers(options.handlers, event),
    gates: knownGates(() => readGates({ dynamodb, stateTable }), now),
    once: () => (_, fn) => fn(),
    ownTables: [ledgerTable, stateTable],
    worker: 'processor/1',
    random: () => 0.5,
    abortAfter: () => ({ signal: new AbortController().signal, cancel: quiet }),
  };
  const letterDeps: LettersDeps = {
    ...core,
    feederUrl: 'feeder.fifo',
    sources: options.sources,
    worker: 'dead-letter/1',
  };
  const deadline = () => new Date(nowMs + timeoutSeconds * 1000);

  /** A function is given a message, where one is visible. */
  const receive = (name = 'lanes.fifo') => engine.receive(name).at(0);
  type Received = NonNullable<ReturnType<typeof receive>>;

  const process = (message: Received, name = 'lanes.fifo') => processAll([message], name);

  async function processAll(messages: readonly Received[], name: string): Promise<void> {
    const polled = messages.map((message) => ({
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: '',
      Attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SequenceNumber: message.sequenceNumber ?? '',
        MessageGroupId: message.groupId ?? '',
      },
      MessageAttributes: {},
    }));
    const batch = sqsEvent(polled, arn(name));
    const value =
      name === 'lanes.fifo'
        ? await processBatch(batch, deadline(), deps)
        : await takeLetters(batch, letterDeps);
    const done = doneOf(polled, { kind: 'returned', value }) ?? [];
    for (const { ReceiptHandle } of done) engine.delete(name, ReceiptHandle);
  }

  /** Receives and processes a batch of a queue; false where no message is visible. */
  async function processNext(name = 'lanes.fifo'): Promise<boolean> {
    const maxMessages = name === 'lanes.fifo' ? 1 : deadLetterDelivery.batchSize;
    const messages = engine.receive(name, { maxMessages });
    if (messages.length > 0) await processAll(messages, name);
    return messages.length > 0;
  }

  return {
    deps,
    engine,
    queue,
    ledger: view.ledger,
    lanes: view.lanes,
    letterDeps,
    stateTable,
    ledgerTable,
    dynamodb: database.dynamodb,
    now,
    passSeconds,
    receive,
    process,
    processNext,

    /** Stores an event as ingest does, without its message. */
    async store(fields: Partial<AcceptedEvent> = {}): Promise<EventKey> {
      const event = anEvent({ acceptedAt: now(), lane: 'acme#customer-1', ...fields });
      await view.ledger.accept(event);
      return eventKey(event.source, event.eventId);
    },

    /** Stores an event and sends its message, as ingest does. */
    async arrive(fields: Partial<AcceptedEvent> = {}): Promise<EventKey> {
      const key = await this.store(fields);
      await this.send(key, fields.lane);
      return key;
    },

    send: (event: EventKey, lane = 'acme#customer-1') =>
      deps.send({ event, generation: 0, lane, purpose: 'first' }),

    /** As the table does once an event's time to live is over. */
    forgetBody: (pk: EventKey) =>
      database.dynamodb.send(new DeleteCommand({ TableName: ledgerTable, Key: { pk, sk: eventSortKey } })),

    /** Delivers a message to the processor past the queue. */
    deliver: (event: EventKey, fields: Partial<ReceivedMessage> = {}, lane = 'acme#customer-1') =>
      processMessage(
        {
          messageId: 'message-1',
          groupId: laneGroup(lane),
          sequenceNumber: '00000000000000000001',
          receiveCount: 1,
          deadline: deadline(),
          body: JSON.stringify({ event, generation: 0 }),
          ...fields,
        },
        deps,
      ),

    /** Lets the processor work, and time pass, until nothing comes for so many seconds. */
    async run(forSeconds = 3600): Promise<void> {
      const until = nowMs + forSeconds * 1000;
      for (;;) {
        if ((await processNext()) || (await processNext('feeder.fifo'))) continue;
        const ready = ['lanes.fifo', 'feeder.fifo'].flatMap((name) => engine.nextReadyAt(name) ?? []);
        const next = ready.length === 0 ? undefined : Math.min(...ready);
        if (next === undefined || next > until) return;
        nowMs = Math.max(nowMs, next);
      }
    },

    /** Moves everything back from the dead-letter queue, as an operator does from the console. */
    redriveFromConsole(to?: 'lanes.fifo' | 'feeder.fifo'): void {
      engine.startMoveTask({
        sourceArn: arn('dead.fifo'),
        ...(to === undefined ? {} : { destinationArn: arn(to) }),
      });
      passSeconds(1);
      engine.advance();
    },

    /** Bodies in the dead-letter queue; they stay there. */
    deadLetters: () =>
      engine
        .receive('dead.fifo', { maxMessages: 10, visibilityTimeoutSeconds: 0 })
        .map(({ body }): unknown => JSON.parse(body)),

    async states(key: EventKey): Promise<string[]> {
      return (await view.ledger.read(key)).entries.map(({ state }) => state);
    },

    async attention(key: EventKey): Promise<Record<string, unknown> | undefined> {
      const pk = attentionPartition(shardOf(key, attentionShards));
      const { Item } = await database.dynamodb.send(
        new GetCommand({ TableName: stateTable, Key: { pk, sk: key }, ConsistentRead: true }),
      );
      return Item;
    },

    /** Names and times of the lanes and attention items that the sweeper is to look at. */
    async due(): Promise<{ about: unknown; dueAt: unknown }[]> {
      const pages = await Promise.all(
        Array.from({ length: dueShards }, (_, shard) =>
          database.dynamodb.send(
            new QueryCommand({
              TableName: stateTable,
              IndexName: dueIndex,
              KeyConditionExpression: '#due = :due',
              ExpressionAttributeNames: { '#due': 'due' },
              ExpressionAttributeValues: { ':due': duePartition(shard) },
            }),
          ),
        ),
      );
      const keys = pages.flatMap(({ Items = [] }) => Items);
      const items = await Promise.all(
        keys.map(async ({ pk, sk }) => {
          const Key = { pk: pk as unknown, sk: sk as unknown };
          return await database.dynamodb.send(new GetCommand({ TableName: stateTable, Key }));
        }),
      );
      return items.flatMap(({ Item }) =>
        Item ? [{ about: (Item['lane'] ?? Item['key']) as unknown, dueAt: Item['dueAt'] as unknown }] : [],
      );
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
