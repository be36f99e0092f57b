import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { arn, engineOnFakeClock, redriveTo } from '../../../support/sqs-engine.ts';

describe('queues', () => {
  test('expire what was not deleted within the retention period, in flight or not', () => {
    const { engine, fifo, send, passSeconds } = engineOnFakeClock();
    const queue = fifo('q.fifo', { MessageRetentionPeriod: '60' });
    send(queue, 'A', 'in flight');
    send(queue, 'B', 'waiting');
    engine.receive(queue, { visibilityTimeoutSeconds: 600 });
    passSeconds(30);
    send(queue, 'A', 'younger');

    passSeconds(30);

    expect(engine.receive(queue, { maxMessages: 10 }).map(({ body }) => body)).toEqual(['younger']);
    expect(engine.attributes(queue)).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
  });

  test('count what is visible, in flight and delayed', () => {
    const { engine } = engineOnFakeClock();
    engine.createQueue('q');
    for (const body of ['1', '2', '3']) engine.send('q', { body });
    engine.send('q', { body: 'later', delaySeconds: 10 });

    engine.receive('q');

    expect(engine.attributes('q')).toMatchObject({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  test('hold a delayed message and its followers back', () => {
    const { fifo, send, bodies, passSeconds, engine } = engineOnFakeClock();
    const queue = fifo('q.fifo', { DelaySeconds: '10' });
    send(queue, 'A', '1');
    passSeconds(5);
    send(queue, 'A', '2');

    passSeconds(4.999);
    const early = bodies(queue);
    passSeconds(0.001);
    const [first] = engine.receive(queue, { maxMessages: 10 });
    engine.delete(queue, first!.receiptHandle);

    expect(early).toEqual([]);
    expect(first!.body).toBe('1');
    expect(bodies(queue)).toEqual([]);
    passSeconds(5);
    expect(bodies(queue)).toEqual(['2']);
  });

  test('let a new delay hold for what waits in a FIFO queue, and not in a standard one', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo', { DelaySeconds: '60' });
    engine.createQueue('q', { DelaySeconds: '60' });
    send(queue, 'A', '1');
    engine.send('q', { body: '1' });

    for (const name of [queue, 'q']) engine.setAttributes(name, { DelaySeconds: '0' });

    expect(bodies(queue)).toEqual(['1']);
    expect(bodies('q')).toEqual([]);
  });

  test('number messages with twenty growing digits, across a restart and after deleting the newest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const first = engineOnFakeClock({ path: join(folder, 'sqs.db') });
    const queue = first.fifo('q.fifo', redriveTo(first.fifo('dead.fifo'), 3));
    const before = first.send(queue, 'A', '1').sequenceNumber;
    first.engine.purgeQueue(queue);
    first.engine.close();

    const { engine, send } = engineOnFakeClock({ path: join(folder, 'sqs.db') });
    const after = send(queue, 'A', '2', 'after-the-restart').sequenceNumber;

    expect(before).toMatch(/^\d{20}$/);
    expect(after! > before!).toBe(true);
    expect(engine.settings(queue).redrivePolicy?.deadLetterTargetArn).toBe(arn('dead.fifo'));
    engine.close();
  });

  test('can be created again with the same attributes only', () => {
    const { engine, fifo } = engineOnFakeClock();
    fifo('q.fifo', { VisibilityTimeout: '5' });

    expect(() => fifo('q.fifo', { VisibilityTimeout: '5' })).not.toThrow();
    expect(() => fifo('q.fifo', { VisibilityTimeout: '6' })).toThrow(
      expect.objectContaining({ code: 'QueueNameExists' }),
    );
    expect(engine.queueNames()).toEqual(['q.fifo']);
  });

  test.each([
    ['FifoThroughputLimit', { FifoThroughputLimit: 'perMessageGroupId' }],
    ['VisibilityTimeout', { VisibilityTimeout: '43201' }],
    ['MessageRetentionPeriod', { MessageRetentionPeriod: '59' }],
    ['DelaySeconds', { DelaySeconds: 'soon' }],
    ['DeduplicationScope', { DeduplicationScope: 'galaxy' }],
    ['Colour', { Colour: 'red' }],
    ['RedrivePolicy', { RedrivePolicy: '{"maxReceiveCount":1}' }],
  ])('refuse a %s they cannot have', (name, attributes) => {
    const { fifo } = engineOnFakeClock();

    expect(() => fifo('q.fifo', attributes)).toThrow(name);
  });

  test('take back all of a transaction that fails', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');

    const failing = () =>
      engine.atomically(() => {
        send(queue, 'A', '1', 'same');
        throw new Error('power cut');
      });

    expect(failing).toThrow('power cut');
    expect(bodies(queue)).toEqual([]);
    send(queue, 'A', 'not a copy', 'same');
    expect(bodies(queue)).toEqual(['not a copy']);
  });

  test('forget everything when deleted', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    send(queue, 'A', '1', 'same');
    engine.deleteQueue(queue);

    expect(() => bodies(queue)).toThrow('The specified queue does not exist.');
    fifo('q.fifo');
    expect(bodies(queue)).toEqual([]);
    send(queue, 'A', 'again', 'same');
    expect(bodies(queue)).toEqual(['again']);
  });

  test.each([
    ['an empty body', { body: '' }, 'MissingParameter'],
    ['a control character', { body: 'a\u0000b' }, 'InvalidMessageContents'],
    ['a lone surrogate', { body: 'a\ud800b' }, 'InvalidMessageContents'],
    ['a body over the limit', { body: 'é'.repeat(524_289) }, 'InvalidParameterValue'],
    ['a group id with a space', { groupId: 'a b' }, 'InvalidParameterValue'],
    ['a deduplication id of 129 characters', { deduplicationId: 'x'.repeat(129) }, 'InvalidParameterValue'],
    ['a delay of its own on FIFO', { delaySeconds: 1 }, 'InvalidParameterValue'],
    ['no group', { groupId: undefined }, 'MissingParameter'],
  ])('refuse %s and stay empty', (_, wrong, code) => {
    const { engine, fifo } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    const message = { body: 'x', groupId: 'A', deduplicationId: 'd' };

    expect(() => engine.send(queue, { ...message, ...wrong })).toThrow(expect.objectContaining({ code }));
    expect(engine.attributes(queue).ApproximateNumberOfMessages).toBe('0');
  });
});
