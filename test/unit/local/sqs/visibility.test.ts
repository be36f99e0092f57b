import { describe, expect, test } from 'vitest';
import { engineOnFakeClock } from '../../../support/sqs-engine.ts';

describe('visibility', () => {
  test('gives a message back, before its followers, when its timeout has passed', () => {
    const { engine, fifo, send, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', 'first');
    send(queue, 'A', 'second');
    engine.receive(queue, { visibilityTimeoutSeconds: 30 });

    passSeconds(29);
    const early = engine.receive(queue, { maxMessages: 10 });
    passSeconds(1);
    const late = engine.receive(queue, { maxMessages: 10 });

    expect(early).toEqual([]);
    expect(late.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ['first', 2],
      ['second', 1],
    ]);
  });

  test('gives a message back at once when its visibility is set to zero', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', 'first');
    send(queue, 'A', 'second');
    const [first] = engine.receive(queue);

    engine.changeVisibility(queue, first!.receiptHandle, 0);

    expect(bodies(queue)).toEqual(['first', 'second']);
  });

  test('keeps a group closed until the last of its messages in flight is back', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    for (const body of ['1', '2', '3']) send(queue, 'A', body);
    const [one, two] = engine.receive(queue, { maxMessages: 2 });

    engine.changeVisibility(queue, one!.receiptHandle, 0);
    const withOneBack = bodies(queue);
    engine.changeVisibility(queue, two!.receiptHandle, 0);

    expect(withOneBack).toEqual([]);
    expect(bodies(queue)).toEqual(['1', '2', '3']);
  });

  test('hands a message out once per receive even under a timeout of zero', () => {
    const { fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', '1');

    expect(bodies(queue, 10, 0)).toEqual(['1']);
    expect(bodies(queue, 10, 0)).toEqual(['1']);
  });

  test('keeps a message in flight for twelve hours at most, counted from its receive', () => {
    const { engine, fifo, send, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', '1');
    const [message] = engine.receive(queue, { visibilityTimeoutSeconds: 43_200 });

    passSeconds(3600);

    expect(() => engine.changeVisibility(queue, message!.receiptHandle, 39_601)).toThrow(
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    );
    expect(() => engine.changeVisibility(queue, message!.receiptHandle, 39_600)).not.toThrow();
  });

  test('refuses the receipt of a message that is not in flight any more', () => {
    const { engine, fifo, send, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', '1');
    const [message] = engine.receive(queue, { visibilityTimeoutSeconds: 5 });

    passSeconds(5);

    expect(() => engine.changeVisibility(queue, message!.receiptHandle, 5)).toThrow(
      expect.objectContaining({ code: 'MessageNotInflight' }),
    );
    expect(() => engine.delete(queue, message!.receiptHandle)).toThrow('The receipt handle has expired.');
  });

  test('in a standard queue a replaced receipt deletes nothing, and one that ran out still deletes', () => {
    const { engine, passSeconds } = engineOnFakeClock();
    engine.createQueue('q');
    engine.send('q', { body: '1' });
    const [first] = engine.receive('q', { visibilityTimeoutSeconds: 5 });
    passSeconds(5);
    const [second] = engine.receive('q', { visibilityTimeoutSeconds: 5 });

    engine.delete('q', first!.receiptHandle);
    passSeconds(5);
    const afterStaleDelete = engine.attributes('q').ApproximateNumberOfMessages;
    engine.delete('q', second!.receiptHandle);

    expect(afterStaleDelete).toBe('1');
    expect(engine.attributes('q').ApproximateNumberOfMessages).toBe('0');
  });

  test('refuses a receipt of another queue and one that was never handed out', () => {
    const { engine, fifo, send } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    const other = fifo('other.fifo');
    send(queue, 'A', '1');
    const [message] = engine.receive(queue);

    for (const handle of [message!.receiptHandle, 'garbage', '']) {
      expect(() => engine.delete(other, handle)).toThrow(
        expect.objectContaining({ code: 'ReceiptHandleIsInvalid' }),
      );
    }
  });

  test('says when a queue next has something to receive', () => {
    const { engine, fifo, send, now } = engineOnFakeClock();
    const queue = fifo('q.fifo');

    const whileEmpty = engine.nextReadyAt(queue);
    send(queue, 'A', '1');
    const whileReady = engine.nextReadyAt(queue);
    engine.receive(queue, { visibilityTimeoutSeconds: 7 });

    expect(whileEmpty).toBeUndefined();
    expect(whileReady).toBeLessThanOrEqual(now());
    expect(engine.nextReadyAt(queue)).toBe(now() + 7000);
  });
});
