import { randomUUID } from 'node:crypto';
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Handler, Log, Source } from 'hooklane';
import { attentionPartition, attentionShards } from '../../functions/lane/attention.ts';
import { createLaneStore } from '../../functions/lane/lane-store.ts';
import { laneMessageSender } from '../../functions/lane/send-lane-message.ts';
import { watchPartition, watchShards } from '../../functions/lane/watch.ts';
import type { AcceptedEvent } from '../../functions/ledger/event.ts';
import { eventKey, eventSortKey, shardOf, type EventKey } from '../../functions/ledger/keys.ts';
import { createLedger } from '../../functions/ledger/ledger.ts';
import type { ReceivedMessage } from '../../functions/processor/deps.ts';
import { processBatch, type BatchDeps } from '../../functions/processor/process-batch.ts';
import { processMessage } from '../../functions/processor/process-message.ts';
import { findHandler } from '../../functions/sources/find-handler.ts';
import { sqsEvent } from '../../local/sqs-event.ts';
import { SqsEngine } from '../../local/sqs/queue.ts';
import type { Dynamo } from '../contract/intercept.ts';
import { anEvent, memoryObjects } from '../contract/ledger-fixture.ts';
import type { TestDatabase } from '../dynamodb.ts';

/** A real one, or a model of it where a test needs thousands of items. */
export interface Database {
  readonly dynamodb: Dynamo;
  readonly table: TestDatabase['table'];
}

export interface WorldOptions {
  readonly sources: Readonly<Record<string, Source>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Default 35, as for a source of 5 attempts. */
  readonly maxReceiveCount?: number;
  /** Stands between the processor and its database. */
  readonly between?: (dynamodb: Dynamo) => Dynamo;
}

export const startedAt = new Date('2026-11-24T10:00:00.000Z');
const timeoutSeconds = 30;
const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
const quiet = () => undefined;
export const noLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

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
  const maxReceiveCount = options.maxReceiveCount ?? 35;

  const engine = new SqsEngine({ now: () => nowMs });
  engine.createQueue('dead.fifo', { FifoQueue: 'true' });
  engine.createQueue('lanes.fifo', {
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
    VisibilityTimeout: String(6 * timeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead.fifo'), maxReceiveCount }),
  });
  const queue = { isDown: false };
  const sqs: Pick<SQSClient, 'send'> = {
    send: async (command: unknown) => {
      if (queue.isDown) throw new Error('the queue cannot be reached');
      if (command instanceof SendMessageCommand) {
        const { MessageBody: body = '', MessageGroupId: groupId, MessageDeduplicationId } = command.input;
        engine.send('lanes.fifo', { body, groupId, deduplicationId: MessageDeduplicationId });
      }
      if (command instanceof ChangeMessageVisibilityCommand) {
        const { ReceiptHandle = '', VisibilityTimeout = 0 } = command.input;
        engine.changeVisibility('lanes.fifo', ReceiptHandle, VisibilityTimeout);
      }
    },
  };

  const ledger = createLedger({ dynamodb, ledgerTable, objects: memoryObjects(), now, newId, sleep });
  /** What tests look through, whatever stands between the processor and its database. */
  const view = createLedger({
    dynamodb: database.dynamodb,
    ledgerTable,
    objects: memoryObjects(),
    now,
    newId,
    sleep,
  });
  const deps: BatchDeps = {
    ledger,
    lanes: createLaneStore({ dynamodb, stateTable, newId }),
    stateTable,
    sources: options.sources,
    handlerFor: (event) => findHandler(options.handlers, event),
    send: laneMessageSender({ sqs, queueUrl: 'lanes.fifo', newId }),
    once: () => (_, fn) => fn(),
    maxReceiveCount,
    worker: 'processor/1',
    newId,
    log: noLog,
    now,
    sleep,
    random: () => 0.5,
    abortAfter: () => ({ signal: new AbortController().signal, cancel: quiet }),
    sqs,
    queueUrl: 'lanes.fifo',
  };
  const deadline = () => new Date(nowMs + timeoutSeconds * 1000);

  /** The processor is given a message, where one is visible. */
  const receive = () => engine.receive('lanes.fifo').at(0);

  async function process(message: NonNullable<ReturnType<typeof receive>>): Promise<void> {
    const record = {
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: '',
      Attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SequenceNumber: message.sequenceNumber ?? '',
      },
      MessageAttributes: {},
    };
    const response = await processBatch(sqsEvent(record, arn('lanes.fifo')), deadline(), deps);
    if (response.batchItemFailures.length === 0) engine.delete('lanes.fifo', message.receiptHandle);
  }

  /** Receives and processes one message; false where none is visible. */
  async function processNext(): Promise<boolean> {
    const message = receive();
    if (message === undefined) return false;
    await process(message);
    return true;
  }

  return {
    deps,
    engine,
    queue,
    ledger: view,
    lanes: createLaneStore({ dynamodb: database.dynamodb, stateTable, newId }),
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
      await view.accept(event);
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
    deliver: (event: EventKey, fields: Partial<ReceivedMessage & { copy: string }> = {}) =>
      processMessage(
        {
          messageId: 'message-1',
          receiveCount: 1,
          sequenceNumber: '00000000000000000001',
          deadline: deadline(),
          body: JSON.stringify({ event, generation: 0, copy: fields.copy ?? 'copy-1' }),
          ...fields,
        },
        deps,
      ),

    /** Lets the processor work, and time pass, until nothing comes for so many seconds. */
    async run(forSeconds = 3600): Promise<void> {
      const until = nowMs + forSeconds * 1000;
      for (;;) {
        if (await processNext()) continue;
        const next = engine.nextReadyAt('lanes.fifo');
        if (next === undefined || next > until) return;
        nowMs = Math.max(nowMs, next);
      }
    },

    /** Moves everything back from the dead-letter queue, as an operator does from the console. */
    redriveFromConsole(): void {
      engine.startMoveTask({ sourceArn: arn('dead.fifo'), destinationArn: arn('lanes.fifo') });
      passSeconds(1);
      engine.advance();
    },

    /** Bodies in the dead-letter queue; they stay there. */
    deadLetters: () =>
      engine
        .receive('dead.fifo', { maxMessages: 10, visibilityTimeoutSeconds: 0 })
        .map(({ body }): unknown => JSON.parse(body)),

    async states(key: EventKey): Promise<string[]> {
      return (await view.read(key)).entries.map(({ state }) => state);
    },

    async attention(key: EventKey): Promise<Record<string, unknown> | undefined> {
      const pk = attentionPartition(shardOf(key, attentionShards));
      const { Item } = await database.dynamodb.send(
        new GetCommand({ TableName: stateTable, Key: { pk, sk: key }, ConsistentRead: true }),
      );
      return Item;
    },

    /** Keys and due times of what the sweeper is to look at. */
    async watches(): Promise<{ key: unknown; dueAt: unknown }[]> {
      const pages = await Promise.all(
        Array.from({ length: watchShards }, (_, shard) =>
          database.dynamodb.send(
            new QueryCommand({
              TableName: stateTable,
              KeyConditionExpression: 'pk = :pk',
              ExpressionAttributeValues: { ':pk': watchPartition(shard) },
            }),
          ),
        ),
      );
      return pages.flatMap(({ Items = [] }) =>
        Items.map((item) => ({ key: item.key as unknown, dueAt: item.dueAt as unknown })),
      );
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
