import { describe, expect, test } from 'vitest';
import { engineOnFakeClock } from '../../../support/sqs-engine.ts';

describe('deduplication', () => {
  test('answers with the first message for five minutes, even after it was received and deleted', () => {
    const { engine, fifo, send, bodies, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    const first = send(queue, 'A', 'first', 'same');
    const [received] = engine.receive(queue);
    engine.delete(queue, received!.receiptHandle);

    passSeconds(299.999);
    const within = send(queue, 'A', 'copy', 'same');
    const receivedWithin = bodies(queue);
    passSeconds(0.001);
    const after = send(queue, 'A', 'later', 'same');

    expect(within).toEqual(first);
    expect(receivedWithin).toEqual([]);
    expect(after.messageId).not.toBe(first.messageId);
    expect(bodies(queue)).toEqual(['later']);
  });

  test('counts from the first send: a copy does not prolong the window', () => {
    const { fifo, send, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    const first = send(queue, 'A', '1', 'same');
    passSeconds(200);
    send(queue, 'A', '2', 'same');

    passSeconds(100);

    expect(send(queue, 'A', '3', 'same').messageId).not.toBe(first.messageId);
  });

  test('spans all groups of a queue, or one group where the queue says so', () => {
    const { fifo, send, bodies } = engineOnFakeClock();
    const perQueue = fifo('queue.fifo');
    const perGroup = fifo('group.fifo', { DeduplicationScope: 'messageGroup' });

    for (const queue of [perQueue, perGroup]) {
      send(queue, 'A', 'A', 'same');
      send(queue, 'B', 'B', 'same');
      send(queue, 'A', 'copy', 'same');
    }

    expect(bodies(perQueue)).toEqual(['A']);
    expect(bodies(perGroup)).toEqual(['A', 'B']);
  });

  test('takes the id from the body only where the queue says so', () => {
    const { engine, fifo, bodies } = engineOnFakeClock();
    const plain = fifo('plain.fifo');
    const byContent = fifo('content.fifo', { ContentBasedDeduplication: 'true' });

    for (const body of ['x', 'x', 'y']) engine.send(byContent, { body, groupId: 'A' });

    expect(bodies(byContent)).toEqual(['x', 'y']);
    expect(() => engine.send(plain, { body: 'x', groupId: 'A' })).toThrow('ContentBasedDeduplication');
  });
});
