import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { none, PermanentError, source, type Handler, type Source, type SourceOptions } from 'hooklane';
import { createCore } from '../../functions/runtime/core.ts';
import { attentionPartition, attentionShards } from '../../functions/lane/attention.ts';
import { parseMessage, type Message } from '../../functions/lane/lane-message.ts';
import { shardsPerMinute, type EventKey } from '../../functions/ledger/keys.ts';
import { lastSettledMinute, moveCursor, type RememberedCursors } from '../../functions/sweeper/cursor.ts';
import type { SweeperDeps } from '../../functions/sweeper/deps.ts';
import { sweep } from '../../functions/sweeper/sweep.ts';
import type { Dynamo } from './intercept.ts';
import { memoryObjects } from './ledger-fixture.ts';
import { startedAt, startWorld, type Database, type WorldOptions } from './world.ts';

/** Of the sweeper function: 60 s, of which 10 are left for ending in good order. */
const runSeconds = 50;

const visibilityTimeoutSeconds = 40;

/** Stands between a sweeper and the services it calls. */
export interface SweeperOptions {
  readonly dynamodb?: Dynamo;
  readonly sqs?: Pick<SQSClient, 'send'>;
  readonly sources?: Readonly<Record<string, Source>>;
  readonly runSeconds?: number;
  /** Of a process that is used for one run after the other; default: each run has a new one. */
  readonly remembered?: RememberedCursors;
}

type Sent = Exclude<Message, { kind: 'junk' }> & { readonly afterSeconds: number };

/** A world that is swept, with one source, whose handler fails for events of the type `broken` as long as that is not repaired. */
export async function startSweptWorld(
  database: Database,
  options: Partial<SourceOptions> = {},
  more: Partial<WorldOptions> = {},
) {
  const shop = { isBroken: true, whenCalled: (_eventId: string): void | Promise<void> => undefined };
  const runs: { readonly eventId: string; readonly afterSeconds: number }[] = [];
  const handler: Handler = async ({ type, eventId }, ctx) => {
    await shop.whenCalled(eventId);
    if (type === 'broken' && shop.isBroken) throw new PermanentError('the shop is broken');
    runs.push({ eventId, afterSeconds: (ctx.now().getTime() - startedAt.getTime()) / 1000 });
  };
  const acme = source({ verify: none(), id: 'id', lane: 'customer', ...options });
  const world = await startWorld(database, {
    sources: { acme },
    handlers: { 'acme/*': handler },
    ...more,
  });
  const afterSeconds = () => (world.now().getTime() - startedAt.getTime()) / 1000;

  /** What sweepers sent to the lanes, and to the feeder. */
  const sent: Sent[] = [];
  function noting(sqs: Pick<SQSClient, 'send'>): Pick<SQSClient, 'send'> {
    return {
      send: async (command: Parameters<SQSClient['send']>[0]) => {
        const answer: unknown = await sqs.send(command);
        if (command instanceof SendMessageCommand) {
          const message = parseMessage(command.input.MessageBody ?? '');
          if (message.kind === 'junk') throw new Error('the sweeper sent junk');
          sent.push({ ...message, afterSeconds: afterSeconds() });
        }
        return answer;
      },
    };
  }

  function sweeperDeps(over: SweeperOptions = {}): SweeperDeps {
    const { dynamodb = world.dynamodb, sqs = world.deps.sqs, sources = world.deps.sources } = over;
    const { ledgerTable, stateTable, deps } = world;
    const { queueUrl, log, now, newId, sleep } = deps;
    const services = { ledgerTable, stateTable, queueUrl, feederUrl: 'feeder.fifo', log, now, newId, sleep };
    return {
      ...createCore({ ...services, objects: memoryObjects(), dynamodb, sqs: noting(sqs) }),
      sources,
      visibilityTimeoutSeconds,
      deadLetterUrl: 'dead.fifo',
      deadline: new Date(world.now().getTime() + (over.runSeconds ?? runSeconds) * 1000),
      ...(over.remembered ? { remembered: over.remembered } : {}),
    };
  }

  let received = 0;
  const passTo = (ms: number) => {
    world.passSeconds(Math.max(0, ms - world.now().getTime()) / 1000);
  };

  /** Processor and dead-letter function take what comes until then. */
  async function workUntil(untilSeconds: number): Promise<void> {
    const until = startedAt.getTime() + untilSeconds * 1000;
    for (;;) {
      if (await world.processNext()) {
        received++;
        continue;
      }
      if (await world.processNext('feeder.fifo')) continue;
      const ready = ['lanes.fifo', 'feeder.fifo'].flatMap((name) => world.engine.nextReadyAt(name) ?? []);
      const next = Math.min(...ready);
      if (next > until) break;
      passTo(next);
    }
    passTo(until);
  }

  // As a sweeper that has been running for a while has them: the first look of all goes back an hour.
  for (const name of Object.keys(world.deps.sources)) {
    for (let shard = 0; shard < shardsPerMinute; shard++) {
      await moveCursor(name, shard, { next: lastSettledMinute(startedAt) }, sweeperDeps());
    }
  }

  return {
    ...world,
    shop,
    runs,
    sent,
    sweeperDeps,
    workUntil,
    afterSeconds,
    /** Messages the processor was given. */
    received: () => received,
    sweep: (over: SweeperOptions = {}) => sweep(sweeperDeps(over)),
    sweepWith: (over: Partial<SweeperDeps>) => sweep({ ...sweeperDeps(), ...over }),

    /** Time passes until then, with a processor at work and so many sweepers at once every minute, the first ones at `from`. */
    async live(
      untilSeconds: number,
      { sweepers = 1, from = afterSeconds(), over = {} }: LiveOptions = {},
    ): Promise<void> {
      for (let at = from; at <= untilSeconds; at += 60) {
        await workUntil(at);
        await Promise.all(Array.from({ length: sweepers }, () => sweep(sweeperDeps(over))));
      }
      await workUntil(untilSeconds);
    },

    ids: () => runs.map(({ eventId }) => eventId),

    /** What each of them came to. */
    finals: (keys: readonly EventKey[]) =>
      Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.state ?? 'pending')),

    async notes(key: EventKey): Promise<string[]> {
      return (await world.ledger.readWithNotes(key)).notes.map(({ what }) => what);
    },

    /** The whole attention list. */
    async attentionItems(): Promise<Record<string, unknown>[]> {
      const shards = Array.from({ length: attentionShards }, async (_, shard) => {
        const { Items = [] } = await world.dynamodb.send(
          new QueryCommand({
            TableName: world.stateTable,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': attentionPartition(shard) },
          }),
        );
        return Items;
      });
      return (await Promise.all(shards)).flat();
    },
  };
}

interface LiveOptions {
  readonly sweepers?: number;
  readonly from?: number;
  readonly over?: SweeperOptions;
}

export type SweptWorld = Awaited<ReturnType<typeof startSweptWorld>>;
