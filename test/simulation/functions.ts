import { deadLetterDelivery } from '../../functions/runtime/queue-settings.ts';
import { startEventSource } from './event-source.ts';
import { handlerOf } from './handlers.ts';
import { eventOf, readContent } from './message-content.ts';
import type { Received } from './sqs/model.ts';
import type { World } from './world.ts';

export interface FunctionSettings {
  readonly timeoutSeconds: number;
  readonly maxConcurrency: number;
  readonly visibilityTimeoutSeconds: number;
  readonly feeder: { readonly visibilityTimeoutSeconds: number };
}

/** Of the dead-letter function. */
const deadLetterTimeoutSeconds = 10;

/** Processor and dead-letter function, each behind its queue. */
export function startFunctions(
  world: World,
  settings: FunctionSettings,
): { readonly areIdle: () => boolean } {
  const { plan } = world;
  const { timeoutSeconds, maxConcurrency, visibilityTimeoutSeconds } = settings;
  const handler = handlerOf(world, timeoutSeconds);
  const storms = new Map(
    plan.storms.map(({ event, receives }) => [
      `${plan.events[event]?.source}#${plan.events[event]?.id}`,
      receives,
    ]),
  );

  function isLost({ body }: Received): boolean {
    const event = eventOf(readContent(body)) ?? '';
    const left = world.isHealed ? 0 : (storms.get(event) ?? 0);
    if (left > 0) storms.set(event, left - 1);
    return left > 0 || world.random.chance(world.faults.lostReceive);
  }

  const lanes = startEventSource(world, {
    queue: 'lanes',
    function: 'processor',
    timeoutSeconds,
    visibilityTimeoutSeconds,
    batchSize: 1,
    pollers: maxConcurrency,
    concurrency: () => (world.isHealed ? maxConcurrency : plan.concurrency.processor),
    isLost,
    onReceived: ({ body }) => {
      const event = eventOf(readContent(body));
      if (event !== undefined) world.onReceived(event);
    },
    run: (batch, { process, deadline, endsAt }) =>
      process.version.runProcessor(
        batch,
        deadline,
        ({ source }) => handler(process, endsAt, source),
        process,
      ),
  });
  const feeder = startEventSource(world, {
    queue: 'feeder',
    function: 'dead-letter',
    timeoutSeconds: deadLetterTimeoutSeconds,
    visibilityTimeoutSeconds: settings.feeder.visibilityTimeoutSeconds,
    batchSize: deadLetterDelivery.batchSize,
    pollers: 3,
    concurrency: () => (world.isHealed ? 3 : plan.concurrency.deadLetter),
    isLost: () => world.random.chance(world.faults.lostReceive),
    onReceived: () => undefined,
    run: (batch, { process }) => process.version.runDeadLetter(batch, process),
  });
  world.onQueueChange = () => {
    lanes.wake();
    feeder.wake();
  };
  return { areIdle: () => lanes.isIdle() && feeder.isIdle() };
}
