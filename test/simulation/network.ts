import {
  ProvisionedThroughputExceededException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { Actor } from './actor.ts';
import { cancelled, type DynamoDbModel } from './dynamodb/model.ts';
import type { Queues } from './queues.ts';

/** What can go wrong on the way to a service. */
export interface Network {
  readonly dynamodb: DynamoDbModel;
  readonly queues: Queues;
  readonly isDown: (what: 'ledger' | 'queue') => boolean;
  readonly faults: () => NetworkFaults;
  /** Does something after so long, whoever lives then. */
  readonly later: (delayMs: number, act: () => void) => void;
  /** Called around each command, so that its writes can be told apart. */
  readonly asActor: <T>(actor: string, work: () => T) => T;
  readonly trace: (line: string) => void;
  /** Hears every command that reaches its service, and whose it is. */
  readonly hear: (actor: string, command: object) => void;
  /** A process is not told what came of its call. */
  readonly onUnheard: (actor: string) => void;
  /** Words for a command: costly, and wanted only where a history is told. */
  readonly describe: (command: object) => string;
  /** Items that transactions on their way will touch, with how many of them. */
  readonly underway: Map<string, number>;
}

interface NetworkFaults {
  readonly lostAnswer: number;
  readonly lateRequest: number;
  readonly throttle: number;
  readonly conflict: number;
}

class Unreachable extends Error {
  override readonly name = 'TimeoutError';
}

const isRetried = (error: unknown): boolean =>
  error instanceof Unreachable || error instanceof ProvisionedThroughputExceededException;

/** Tries of one call, as the SDK does: the same command again, after what the network or a throttle refused. */
async function tryHard(
  actor: Actor,
  tries: number,
  call: () => Promise<unknown>,
  patienceMs = Infinity,
): Promise<unknown> {
  const startedAt = actor.now().getTime();
  for (let left = tries - 1; ; left--) {
    try {
      const answer = await call();
      if (answer !== lost) return answer;
      await actor.sleep(actor.random.int(100, 3000));
      throw new Unreachable('no answer came');
    } catch (error) {
      if (left <= 0 || !isRetried(error)) throw error;
      await actor.sleep(actor.random.int(20, 400));
      // It may have been frozen while it waited.
      if (actor.now().getTime() - startedAt > patienceMs) throw error;
    }
  }
}

/**
 * A process that is frozen in the middle of a call gives it up when it goes on: neither Lambda nor the local cloud lets one live that long.
 * An event would be stored in a minute at which the sweeper has looked long ago.
 */
const writePatienceMs = 60_000;

/** The document client of one process. */
export function dynamodbClient(
  actor: Actor,
  network: Network,
  tries = 3,
): Pick<DynamoDBDocumentClient, 'send'> {
  const send = (command: object): Promise<unknown> =>
    tryHard(actor, tries, () => tryOnce(command), writePatienceMs);

  function tryOnce(command: object): Promise<unknown> {
    const { dynamodb, underway } = network;
    const { conflict, lateRequest } = network.faults();
    const isChange = isWrite(command);
    if (isChange && actor.random.chance(lateRequest)) {
      return arriveLate(actor, network, command, () => applied(command, []));
    }
    const what = network.describe(command);
    if (conflict === 0 || !isChange) return actor.effect(what, () => applied(command, []));
    const touched = dynamodb.keysOf(command);
    const count = (by: 1 | -1) => {
      for (const key of touched) underway.set(key, (underway.get(key) ?? 0) + by);
    };
    const apply = () => {
      count(-1);
      return applied(command, touched);
    };
    return actor.effect(what, apply, () => {
      count(1);
    });
  }

  function applied(command: object, touched: readonly string[]): unknown {
    const { dynamodb, trace, faults, asActor, isDown } = network;
    const { lostAnswer, throttle, conflict } = faults();
    if (isDown('ledger')) throw new Unreachable('the ledger is down');
    if (actor.random.chance(throttle)) {
      throw new ProvisionedThroughputExceededException({ message: 'throttled', $metadata: {} });
    }
    if (touched.length > 0) refuseConflict(command, touched, conflict);
    network.hear(actor.name, command);
    try {
      const answer = asActor(actor.name, () => dynamodb.execute(command));
      trace(`${actor.name}: ${network.describe(command)}`);
      if (!actor.random.chance(lostAnswer)) return answer;
      trace(`  its answer is lost`);
      network.onUnheard(actor.name);
      return lost;
    } catch (error) {
      trace(`${actor.name}: ${network.describe(command)} refused: ${String(error)}`);
      if (actor.random.chance(lostAnswer / 4)) return lost;
      throw error;
    }
  }

  function refuseConflict(command: object, touched: readonly string[], conflict: number): void {
    const isShared = touched.map((key) => (network.underway.get(key) ?? 0) > 0);
    if (!isShared.includes(true) || !actor.random.chance(conflict)) return;
    if (!(command instanceof TransactWriteCommand)) {
      throw new TransactionConflictException({ message: 'a transaction is ongoing', $metadata: {} });
    }
    throw cancelled(isShared.map((shared) => ({ Code: shared ? 'TransactionConflict' : 'None' })));
  }

  return { send };
}

/** The same. A letter that was sent again after SQS's five minutes would be a second message of one copy, which looks like an operator's move.
 */
const sendPatienceMs = 240_000;

/** The queue's client of one process. */
export function sqsClient(actor: Actor, network: Network, tries = 3): Pick<SQSClient, 'send'> {
  const send = (command: object): Promise<unknown> =>
    tryHard(actor, tries, () => tryOnce(command), sendPatienceMs);

  function tryOnce(command: object): Promise<unknown> {
    if (actor.random.chance(network.faults().lateRequest)) {
      return arriveLate(actor, network, command, () => applied(command));
    }
    return actor.effect(network.describe(command), () => applied(command));
  }

  function applied(command: object): unknown {
    const { queues, isDown, faults, trace } = network;
    if (isDown('queue')) throw new Unreachable('the queue is down');
    const { lostAnswer, throttle } = faults();
    if (actor.random.chance(throttle)) throw new Unreachable('throttled');
    network.hear(actor.name, command);
    const answer = queues.execute(command, actor.name, () => actor.random.chance(throttle));
    trace(`${actor.name}: ${network.describe(command)}`);
    return actor.random.chance(lostAnswer) ? lost : answer;
  }

  return { send };
}

/** Longer than any connection is kept waiting, and far shorter than a deduplication window. */
const latestMs = 30_000;

/** The sender gives up waiting; the request is applied nonetheless, some time later. */
async function arriveLate(
  actor: Actor,
  { later, trace, onUnheard, describe: words }: Network,
  command: object,
  apply: () => unknown,
): Promise<never> {
  trace(`${actor.name} sends, and it will arrive late: ${words(command)}`);
  onUnheard(actor.name);
  later(actor.random.int(1000, latestMs), () => {
    try {
      apply();
    } catch {
      // Nobody waits for the answer.
    }
  });
  await actor.sleep(actor.random.int(1000, 3000));
  throw new Unreachable('no answer came');
}

const lost = Symbol('the answer is lost');

const isWrite = (command: object): boolean =>
  command instanceof TransactWriteCommand ||
  command instanceof PutCommand ||
  command instanceof UpdateCommand ||
  command instanceof DeleteCommand;

/** A line for a history. */
export function describe(command: object): string {
  if (command instanceof PutCommand) return `put ${describeItem(command.input.Item)}`;
  if (command instanceof TransactWriteCommand) {
    const items = (command.input.TransactItems ?? []).map(({ Put, Delete, Update, ConditionCheck }) => {
      if (Put) return `put ${describeItem(Put.Item)}`;
      if (Delete) return `delete ${describeItem(Delete.Key)}`;
      if (Update) return `update ${describeItem(Update.Key)}`;
      return `check ${describeItem(ConditionCheck?.Key)}`;
    });
    return `transaction: ${items.join('; ')}`;
  }
  if (command instanceof SendMessageCommand) {
    return `send to ${command.input.QueueUrl ?? ''} ${command.input.MessageBody ?? ''}`;
  }
  if (command instanceof ChangeMessageVisibilityCommand) {
    return `hide for ${command.input.VisibilityTimeout ?? 0} s`;
  }
  if (command instanceof ChangeMessageVisibilityBatchCommand) return 'show again';
  if (command instanceof SendMessageBatchCommand) {
    const bodies = (command.input.Entries ?? []).map(({ MessageBody }) => MessageBody);
    return `send to ${command.input.QueueUrl ?? ''} ${bodies.join(' ')}`;
  }
  if (command instanceof ReceiveMessageCommand) return `receive from ${command.input.QueueUrl ?? ''}`;
  if (command instanceof DeleteMessageCommand || command instanceof DeleteMessageBatchCommand) {
    return `delete from ${command.input.QueueUrl ?? ''}`;
  }
  const input: unknown = Reflect.get(command, 'input');
  const key: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'Key') : undefined;
  const values: unknown =
    typeof input === 'object' && input !== null ? Reflect.get(input, 'ExpressionAttributeValues') : undefined;
  return `${command.constructor.name.replace('Command', '').toLowerCase()} ${JSON.stringify(key ?? values)}`;
}

function describeItem(item: object | undefined): string {
  const shown = Object.entries(item ?? {}).filter(
    ([name, value]) => !(value instanceof Uint8Array) && !hidden.has(name) && value !== undefined,
  );
  return JSON.stringify(Object.fromEntries(shown));
}

const hidden = new Set([
  'bodySha256',
  'bodyBytes',
  'headers',
  'correlationId',
  'minute',
  'expiresAt',
  'worker',
]);
