import type { SQSEvent } from 'aws-lambda';
import type { HandlerContext, WebhookEvent } from '../../functions/handler-api/handler.ts';
import { PermanentError, RetryAfter } from '../../functions/handler-api/errors.ts';
import type { ReceivedMessage } from '../../local/sqs/receive.ts';
import type { Actor } from './actor.ts';
import { effectsTable, runProcessor } from './composition.ts';
import type { Run } from './history.ts';
import { readBody } from './lane-queue.ts';
import type { Behaviour } from './scenario.ts';
import type { World } from './world.ts';

export interface EventSourceOptions {
  readonly timeoutSeconds: number;
  readonly maxConcurrency: number;
  readonly maxReceiveCount: number;
}

const succeeds: Behaviour = { kind: 'ok', ms: 5, calls: true, effects: 1 };

/**
 * Lambda's event source mapping of the lane queue, and the processor behind it: one message an invocation, at most so many at once; an
 * invocation that takes too long is ended; what was not done comes back when its visibility ends.
 */
export function startEventSource(
  world: World,
  options: EventSourceOptions,
): { readonly isIdle: () => boolean } {
  const { timeoutSeconds, maxConcurrency, maxReceiveCount } = options;
  const { scheduler, history, queue, plan, trace } = world;
  const busy = new Set<number>();
  const runs = new Map<string, number>();
  const storms = new Map(
    plan.storms.map(({ event, receives }) => [
      `${plan.events[event]?.source}#${plan.events[event]?.id}`,
      receives,
    ]),
  );
  let pumpAt = Infinity;

  /** Long polling: what becomes ready is received within milliseconds. */
  function wake(): void {
    const readyAt = queue.nextReadyAt();
    if (readyAt === undefined || busy.size >= maxConcurrency) return;
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
    while (busy.size < maxConcurrency) {
      const message = queue.receive();
      if (!message) break;
      deliver(message);
    }
    wake();
  }

  function deliver(message: ReceivedMessage): void {
    const { event, copy } = readBody(message.body);
    const { messageId, receiveCount } = message;
    const stormLeft = world.isHealed ? 0 : (storms.get(event) ?? 0);
    const isLost = stormLeft > 0 || world.random.chance(world.faults.lostReceive);
    if (stormLeft > 0) storms.set(event, stormLeft - 1);
    const delivery = { messageId, receiveCount, event, copy };
    if (isLost) {
      trace(`receive ${receiveCount} of ${messageId} (${event}, copy ${copy}) is lost to throttling`);
      history.add({ kind: 'received', at: scheduler.now, actor: undefined, ...delivery });
      return;
    }
    world.onReceived(event);
    invoke(message);
    if (world.random.chance(world.faults.duplicateDelivery)) {
      scheduler.after(world.random.spread(1, 60_000), () => {
        if (busy.size < maxConcurrency) invoke(message);
      });
    }
  }

  function invoke(message: ReceivedMessage): void {
    const slot = firstFree(busy);
    busy.add(slot);
    const free = () => {
      if (!busy.delete(slot)) return;
      wake();
    };
    const process = world.process('processor', `processor-${slot}`, { onDeath: free });
    const { actor } = process;
    const { event, copy } = readBody(message.body);
    const { messageId, receiveCount } = message;
    history.add({
      kind: 'received',
      at: scheduler.now,
      actor: actor.name,
      messageId,
      receiveCount,
      event,
      copy,
    });
    trace(`receive ${receiveCount} of ${messageId} (${event}, copy ${copy}) by ${actor.name}`);

    const endsAt = scheduler.now + timeoutSeconds * 1000;
    scheduler.at(endsAt, () => {
      const isKilled = actor.killUnlessPaused();
      if (isKilled) trace(`${actor.name} has timed out`);
      // To Lambda a frozen process is over too.
      free();
    });
    world.go(actor.name, async () => {
      const deadline = new Date(actor.now().getTime() + timeoutSeconds * 1000);
      const handlerFor = () => (received: WebhookEvent, ctx: HandlerContext) =>
        handle(received, ctx, actor, endsAt);
      const batch = toBatch(message);
      const { batchItemFailures } = await runProcessor(batch, deadline, handlerFor, maxReceiveCount, process);
      actor.end();
      free();
      trace(`${actor.name} is done: ${batchItemFailures.length === 0 ? 'deleted' : 'kept'}`);
      if (batchItemFailures.length > 0 || scheduler.now >= endsAt || world.network.isDown('queue')) return;
      queue.delete(message.receiptHandle);
    });
  }

  async function handle(event: WebhookEvent, ctx: HandlerContext, actor: Actor, deadline: number) {
    const key = `${event.source}#${event.eventId}`;
    const number = runs.get(key) ?? 0;
    runs.set(key, number + 1);
    const planned = plan.events.find(({ source, id }) => `${source}#${id}` === key);
    const behaviour = (world.isHealed ? undefined : planned?.behaviours[number]) ?? succeeds;
    const { attempt, idempotencyKey } = ctx;
    const run: Run = { event: key, actor: actor.name, attempt, idempotencyKey, deadline };
    history.add({ kind: 'attempt-started', at: scheduler.now, run });
    trace(`${actor.name} runs ${key}, attempt ${attempt}: ${behaviour.kind} after ${behaviour.ms} ms`);
    try {
      await act(behaviour, run, ctx, actor);
      history.add({
        kind: 'attempt-ended',
        at: scheduler.now,
        run,
        how: 'returned',
        effects: behaviour.effects,
      });
      return { run: number };
    } catch (error) {
      history.add({ kind: 'attempt-ended', at: scheduler.now, run, how: 'threw', effects: 0 });
      throw error;
    }
  }

  async function act(behaviour: Behaviour, run: Run, ctx: HandlerContext, actor: Actor): Promise<void> {
    const { kind, ms, calls, effects } = behaviour;
    await actor.sleep(kind === 'hang' ? timeoutSeconds * 1500 : ms);
    if (ctx.signal.aborted) throw new Error('told to stop');
    if (calls) {
      await actor.effect('an outside call', () => {
        history.add({ kind: 'outside-call', at: scheduler.now, run });
      });
    }
    for (let effect = 0; effect < effects; effect++) {
      ctx.transact([
        {
          Update: {
            TableName: effectsTable,
            Key: { pk: run.event, sk: `${run.idempotencyKey}#${effect}` },
            UpdateExpression: 'ADD hits :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ]);
    }
    if (kind === 'fail') throw new Error('the handler failed');
    if (kind === 'permanent') throw new PermanentError('no retry can help');
    if (kind === 'retry-after') throw new RetryAfter(7);
  }

  world.onQueueChange = wake;
  return { isIdle: () => busy.size === 0 };
}

function firstFree(busy: ReadonlySet<number>): number {
  let slot = 0;
  while (busy.has(slot)) slot++;
  return slot;
}

function toBatch(message: ReceivedMessage): SQSEvent {
  return {
    Records: [
      {
        messageId: message.messageId,
        receiptHandle: message.receiptHandle,
        body: message.body,
        attributes: {
          ApproximateReceiveCount: String(message.receiveCount),
          SentTimestamp: String(message.sentAt),
          SenderId: 'simulation',
          ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
          ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'lanes',
        awsRegion: 'us-east-1',
      },
    ],
  };
}
