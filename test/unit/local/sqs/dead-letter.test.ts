import { describe, expect, test } from 'vitest';
import { arn, engineOnFakeClock, redriveTo } from '../../../support/sqs-engine.ts';

describe('dead-lettering', () => {
  test('moves a message when it would be received once too often, and frees its group', () => {
    const { engine, fifo, send, bodies, passSeconds } = engineOnFakeClock();
    const dead = fifo('dead.fifo');
    const queue = fifo('q.fifo', redriveTo(dead, 2));
    const poison = send(queue, 'A', 'poison', 'dedup');
    send(queue, 'A', 'next');

    const receives: string[][] = [];
    for (let i = 0; i < 3; i++) {
      receives.push(bodies(queue, 1, 1));
      passSeconds(1);
    }
    const [moved] = engine.receive(dead);

    expect(receives).toEqual([['poison'], ['poison'], ['next']]);
    expect(moved).toMatchObject({
      body: 'poison',
      messageId: poison.messageId,
      groupId: 'A',
      deduplicationId: 'dedup',
      deadLetterSource: arn(queue),
    });
    expect(moved!.sequenceNumber! > poison.sequenceNumber!).toBe(true);
  });

  test('with one receive hands a message out once, and moves it in place of the second time, its followers after it', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const dead = fifo('dead.fifo');
    const queue = fifo('q.fifo', redriveTo(dead, 1));
    const sent = ['1', '2', '3'].map((body) => send(queue, 'A', body));
    const [letter] = engine.receive(queue);
    const whileInFlight = bodies(dead);

    engine.changeVisibility(queue, letter!.receiptHandle, 0);
    const next = bodies(queue, 1, 0);
    const last = bodies(queue, 1, 0);

    expect([whileInFlight, next, last]).toEqual([[], ['2'], ['3']]);
    expect(bodies(queue)).toEqual([]);
    const moved = engine.receive(dead, { maxMessages: 10 });
    expect(moved.map(({ messageId }) => messageId)).toEqual(sent.map(({ messageId }) => messageId));
  });

  test('happens after at most 1,000 receives', () => {
    const { fifo, send, bodies } = engineOnFakeClock();
    const dead = fifo('dead.fifo');
    const queue = fifo('q.fifo', redriveTo(dead, 1000));
    send(queue, 'A', 'patient');

    const receives = Array.from({ length: 1001 }, () => bodies(queue, 1, 0)).flat();

    expect(receives).toHaveLength(1000);
    expect(bodies(dead)).toEqual(['patient']);
    for (const refused of [0, 1001]) {
      expect(() => fifo(`r${refused}.fifo`, redriveTo(dead, refused))).toThrow('RedrivePolicy is invalid');
    }
  });

  test('is not deduplicated against what the dead-letter queue got before', () => {
    const { fifo, send, bodies, passSeconds } = engineOnFakeClock();
    const dead = fifo('dead.fifo');
    const queue = fifo('q.fifo', redriveTo(dead, 1));
    send(dead, 'A', 'by hand', 'same');
    send(queue, 'A', 'poison', 'same');

    bodies(queue, 1, 1);
    passSeconds(1);
    bodies(queue);

    expect(bodies(dead)).toEqual(['by hand', 'poison']);
  });

  test('starts the retention anew in a FIFO queue and not in a standard one', () => {
    const { engine, fifo, send, now, passSeconds } = engineOnFakeClock();
    const startedAt = now();
    engine.createQueue('dead');
    engine.createQueue('q', redriveTo('dead', 1));
    const fifoQueue = fifo('q.fifo', redriveTo(fifo('dead.fifo'), 1));
    engine.send('q', { body: 'poison' });
    send(fifoQueue, 'A', 'poison');

    for (const queue of ['q', fifoQueue]) engine.receive(queue, { visibilityTimeoutSeconds: 60 });
    passSeconds(60);
    for (const queue of ['q', fifoQueue]) engine.receive(queue);

    expect(engine.receive('dead')[0]?.sentAt).toBe(startedAt);
    expect(engine.receive('dead.fifo')[0]?.sentAt).toBe(startedAt + 60_000);
  });

  test('wants a dead-letter queue that exists, is of the same kind and allows the source', () => {
    const { engine, fifo } = engineOnFakeClock();
    engine.createQueue('standard');
    const closed = fifo('closed.fifo', {
      RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }),
    });
    const open = fifo('open.fifo', {
      RedriveAllowPolicy: JSON.stringify({
        redrivePermission: 'byQueue',
        sourceQueueArns: [arn('allowed.fifo')],
      }),
    });

    expect(() => fifo('a.fifo', redriveTo('missing.fifo', 1))).toThrow('Dead letter target does not exist.');
    expect(() => fifo('a.fifo', redriveTo('standard', 1))).toThrow('must be same type');
    expect(() => fifo('a.fifo', redriveTo(closed, 1))).toThrow('does not allow');
    expect(() => fifo('a.fifo', redriveTo(open, 1))).toThrow('does not allow');
    expect(() => fifo('allowed.fifo', redriveTo(open, 1))).not.toThrow();
  });
});
