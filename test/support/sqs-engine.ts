import { SqsEngine, type SqsEngineOptions } from '../../local/sqs/engine.ts';
import type { QueueAttributes } from '../../local/sqs/queue-attributes.ts';

/** An engine in memory on a clock that only moves when told to, with ids that count up. */
export function engineOnFakeClock(options: SqsEngineOptions = {}) {
  let now = Date.UTC(2026, 0, 1);
  let ids = 0;
  const engine = new SqsEngine({ now: () => now, newId: () => `id-${++ids}`, ...options });
  return {
    engine,
    now: () => now,
    passSeconds: (seconds: number) => {
      now += seconds * 1000;
    },
    fifo: (name: string, attributes: QueueAttributes = {}) => {
      engine.createQueue(name, { FifoQueue: 'true', ...attributes });
      return name;
    },
    send: (queue: string, groupId: string, body: string, deduplicationId = `d-${++ids}`) =>
      engine.send(queue, { body, groupId, deduplicationId }),
    bodies: (queue: string, maxMessages = 10, visibilityTimeoutSeconds?: number) =>
      engine.receive(queue, { maxMessages, visibilityTimeoutSeconds }).map(({ body }) => body),
  };
}

export function arn(queue: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${queue}`;
}

export function redriveTo(queue: string, maxReceiveCount: number): QueueAttributes {
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(queue), maxReceiveCount }) };
}
