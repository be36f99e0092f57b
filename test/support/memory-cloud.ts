import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { laneGroup } from '../../functions/lane/lane-group.ts';
import { parseMessage } from '../../functions/lane/lane-message.ts';
import { createCore } from '../../functions/runtime/core.ts';
import type { TakeEventsDeps } from '../../functions/ingest/take-events.ts';
import { tables } from '../../functions/runtime/settings.ts';
import type { IncomingEvent } from '../../functions/sources/incoming-event.ts';
import { SqsEngine } from '../../local/sqs/engine.ts';
import { memoryObjects } from './ledger-fixture.ts';
import { DynamoDbModel } from '../simulation/dynamodb/model.ts';
import { recordingLog } from './recording-log.ts';

/** One event of a body, valid as `readEvents` gives it. */
export const incoming = (
  eventId: string,
  lane = 'one',
  fields: Partial<IncomingEvent> = {},
): IncomingEvent => ({
  source: 'acme',
  eventId,
  type: 'acme',
  lane: `acme#${lane}`,
  body: {},
  raw: Buffer.from('{}'),
  headers: {},
  acceptedAt: new Date(),
  ...fields,
});

/** One call to a service: what it asks, and its number among the calls of its kind, from 0. */
export interface Call {
  readonly to: 'ledger' | 'queue';
  readonly name: string;
  readonly number: number;
}

/** Stands between ingest and the services; `act` makes the call happen. */
export type Between = (call: Call, act: () => unknown) => Promise<unknown>;

/** What ingest takes events with, on the models of both services. Each test decides how long a call takes, and which fail. */
export function memoryCloud(between: Between = async (_, act) => act()) {
  const now = () => new Date();
  const model = new DynamoDbModel({ now: () => Date.now() });
  model.createTable('ledger', tables.ledger);
  model.createTable('state', tables.state);
  const engine = new SqsEngine({ now: () => Date.now() });
  engine.createQueue('lanes.fifo', {
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  });
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  const named = (name: string): number => counts.get(name) ?? 0;
  const { log, lines } = recordingLog();

  function call(to: Call['to'], name: string, act: () => unknown): Promise<unknown> {
    const number = named(name);
    counts.set(name, number + 1);
    const one = { to, name, number };
    calls.push(one);
    return between(one, act);
  }

  const queue = new Map<string, Map<string, string>>();
  function put({
    MessageBody: body = '',
    MessageGroupId: groupId = '',
    MessageDeduplicationId,
  }: Entry): void {
    const { messageId } = engine.send('lanes.fifo', {
      body,
      groupId,
      deduplicationId: MessageDeduplicationId,
    });
    const group = queue.get(groupId) ?? new Map<string, string>();
    // A copy within five minutes is answered with the first one's message id.
    if (!group.has(messageId)) group.set(messageId, body);
    queue.set(groupId, group);
  }
  const sqs = {
    send: (command: object) => {
      if (command instanceof SendMessageCommand)
        return call('queue', 'SendMessage', () => put(command.input));
      if (command instanceof SendMessageBatchCommand) {
        const { Entries = [] } = command.input;
        if (Entries.length < 2 || Entries.length > 10) throw new Error('not a batch');
        return call('queue', 'SendMessageBatch', () => {
          Entries.forEach(put);
          return { Successful: Entries };
        });
      }
      throw new Error('not expected');
    },
  } as Pick<SQSClient, 'send'>;
  const dynamodb = {
    send: (command: object) =>
      call('ledger', command.constructor.name.replace('Command', ''), () => model.execute(command)),
  } as Pick<DynamoDBDocumentClient, 'send'>;

  const deps: TakeEventsDeps = createCore({
    dynamodb,
    sqs,
    ledgerTable: 'ledger',
    stateTable: 'state',
    queueUrl: 'lanes.fifo',
    objects: memoryObjects(),
    log,
    now,
    newId: randomUUID,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  /** Ids of the events that have a message in a lane, in its order. */
  const queued = (lane = 'one'): string[] =>
    [...(queue.get(laneGroup(`acme#${lane}`))?.values() ?? [])].map((body) => {
      const message = parseMessage(body);
      return message.kind === 'lane' ? message.event.slice('acme#'.length) : body;
    });

  return { deps, calls, named, lines, queued, model };
}

interface Entry {
  readonly MessageBody?: string | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}
