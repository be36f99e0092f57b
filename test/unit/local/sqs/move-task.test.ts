import { describe, expect, test } from 'vitest';
import { arn, engineOnFakeClock, redriveTo } from '../../../support/sqs-engine.ts';

/** A queue whose messages, one per body in group A, have all gone to its dead-letter queue. */
function withDeadLetters(...bodies: string[]) {
  const fixture = engineOnFakeClock();
  const dead = fixture.fifo('dead.fifo');
  const queue = fixture.fifo('q.fifo', redriveTo(dead, 1));
  const sent = bodies.map((body) => fixture.send(queue, 'A', body, `dedup-${body}`));
  fixture.engine.receive(queue, { maxMessages: 10, visibilityTimeoutSeconds: 1 });
  fixture.passSeconds(1);
  fixture.engine.receive(queue, { maxMessages: 10 });
  return { ...fixture, dead, queue, sent };
}

/** Messages of two queues and two groups in the dead-letter queue of both, those of a group behind each other. */
function withTwoSources() {
  const fixture = engineOnFakeClock();
  const dead = fixture.fifo('dead.fifo');
  const feeder = fixture.fifo('feeder.fifo', redriveTo(dead, 1));
  const lanes = fixture.fifo('lanes.fifo', redriveTo(dead, 1));
  for (const [queue, what] of [
    [feeder, 'letter'],
    [lanes, 'lane'],
  ] as const) {
    for (const group of ['A', 'B']) fixture.send(queue, group, `${what} ${group}`);
    fixture.bodies(queue, 10, 0);
    fixture.bodies(queue);
  }
  return { ...fixture, dead, feeder, lanes };
}

describe('move tasks', () => {
  test('move messages to their source as new ones of the same content, within the deduplication window', () => {
    const { engine, dead, queue, sent, now } = withDeadLetters('1', '2');

    const task = engine.startMoveTask({ sourceArn: arn(dead) });
    const moved = engine.receive(queue, { maxMessages: 10 });

    expect(task).toMatchObject({ status: 'COMPLETED', moved: 2, toMove: 2 });
    expect(moved.map(({ body }) => body)).toEqual(['1', '2']);
    expect(moved[0]).toMatchObject({
      groupId: 'A',
      deduplicationId: 'dedup-1',
      receiveCount: 1,
      sentAt: now(),
      deadLetterSource: undefined,
    });
    expect(moved[0]!.messageId).not.toBe(sent[0]!.messageId);
    expect(moved[0]!.sequenceNumber! > sent[1]!.sequenceNumber!).toBe(true);
    expect(engine.attributes(dead).ApproximateNumberOfMessages).toBe('0');
  });

  test('move to another queue where one is named', () => {
    const { engine, dead, queue, fifo, bodies } = withDeadLetters('1');
    const other = fifo('other.fifo');

    engine.startMoveTask({ sourceArn: arn(dead), destinationArn: arn(other) });

    expect(bodies(queue)).toEqual([]);
    expect(bodies(other)).toEqual(['1']);
  });

  test('leave a message in flight, and so its whole group, where they are', () => {
    const { engine, dead, send, bodies } = withDeadLetters('1', '2');
    engine.receive(dead);
    send(dead, 'B', 'other group');

    const task = engine.startMoveTask({ sourceArn: arn(dead), destinationArn: arn('q.fifo') });

    expect(task).toMatchObject({ status: 'COMPLETED', moved: 1 });
    expect(bodies('q.fifo')).toEqual(['other group']);
  });

  test('keep to their rate, one at a time per source, and can be cancelled', () => {
    const { engine, dead, fifo, bodies, passSeconds } = withDeadLetters('1', '2', '3', '4');
    const other = fifo('other.fifo');
    const start = { sourceArn: arn(dead), destinationArn: arn(other), maxPerSecond: 1 };

    const task = engine.startMoveTask(start);
    const atOnce = bodies(other, 10, 0);
    passSeconds(2);
    const afterTwoSeconds = bodies(other, 10, 0);

    expect(atOnce).toEqual(['1']);
    expect(afterTwoSeconds).toEqual(['1', '2', '3']);
    expect(engine.listMoveTasks(arn(dead), 1)).toMatchObject([{ status: 'RUNNING', moved: 3, toMove: 4 }]);
    expect(() => engine.startMoveTask(start)).toThrow('already a task running');
    expect(engine.cancelMoveTask(task.id)).toBe(3);
    passSeconds(60);
    expect(engine.listMoveTasks(arn(dead), 1)).toMatchObject([{ status: 'CANCELLED', moved: 3 }]);
    expect(() => engine.cancelMoveTask(task.id)).toThrow('RUNNING');
  });

  test('return each message to the queue that it came from, where a dead-letter queue has two sources', () => {
    const { engine, dead, lanes, feeder, bodies } = withTwoSources();

    const task = engine.startMoveTask({ sourceArn: arn(dead) });

    expect(task).toMatchObject({ status: 'COMPLETED', moved: 4 });
    expect(bodies(lanes)).toEqual(['lane A', 'lane B']);
    expect(bodies(feeder)).toEqual(['letter A', 'letter B']);
  });

  test('move the messages of both sources to the one queue that is named', () => {
    const { engine, dead, lanes, feeder, bodies } = withTwoSources();

    engine.startMoveTask({ sourceArn: arn(dead), destinationArn: arn(lanes) });

    expect(bodies(feeder)).toEqual([]);
    expect(bodies(lanes)).toEqual(['letter A', 'lane A', 'letter B', 'lane B']);
  });

  test('that are cancelled in the middle and started again move the rest, in the order of each group', () => {
    const { engine, dead, queue, bodies, passSeconds } = withDeadLetters('1', '2', '3', '4', '5');
    const first = engine.startMoveTask({ sourceArn: arn(dead), maxPerSecond: 1 });
    passSeconds(1);
    const moved = engine.cancelMoveTask(first.id);

    const second = engine.startMoveTask({ sourceArn: arn(dead) });

    expect(moved).toBe(2);
    expect(second).toMatchObject({ status: 'COMPLETED', moved: 3, toMove: 3 });
    expect(bodies(queue)).toEqual(['1', '2', '3', '4', '5']);
    expect(engine.attributes(dead).ApproximateNumberOfMessages).toBe('0');
  });

  test('give a message another id each time, which the next dead-lettering keeps', () => {
    const { engine, dead, queue, sent, bodies } = withDeadLetters('1');
    const idIn = (name: string) => engine.receive(name, { visibilityTimeoutSeconds: 0 })[0]?.messageId;

    engine.startMoveTask({ sourceArn: arn(dead) });
    const moved = idIn(queue);
    bodies(queue);
    const deadAgain = idIn(dead);
    engine.startMoveTask({ sourceArn: arn(dead) });
    const movedAgain = idIn(queue);

    expect(new Set([sent[0]!.messageId, moved, movedAgain]).size).toBe(3);
    expect(deadAgain).toBe(moved);
  });

  test('fail at a message that was sent to the dead-letter queue by hand', () => {
    const { engine, dead, send } = withDeadLetters('1');
    send(dead, 'B', 'by hand');

    const task = engine.startMoveTask({ sourceArn: arn(dead) });

    expect(task).toMatchObject({
      status: 'FAILED',
      moved: 1,
      failureReason: 'CouldNotDetermineMessageSource',
    });
  });

  test('do not chase messages that fail again and come back while they run', () => {
    const { engine, dead, bodies, queue, passSeconds } = withDeadLetters('1', '2');
    engine.startMoveTask({ sourceArn: arn(dead), maxPerSecond: 1 });
    bodies(queue, 10, 0);
    bodies(queue, 10, 0);

    passSeconds(10);
    engine.advance();

    expect(engine.listMoveTasks(arn(dead), 1)).toMatchObject([{ status: 'COMPLETED', moved: 2 }]);
    expect(engine.attributes(dead).ApproximateNumberOfMessages).toBe('1');
  });

  test('are refused from a queue that is nobody’s dead-letter queue, and from one that does not exist', () => {
    const { engine, queue } = withDeadLetters('1');

    expect(() => engine.startMoveTask({ sourceArn: arn(queue) })).toThrow(
      'configured as a Dead Letter Queue',
    );
    expect(() => engine.startMoveTask({ sourceArn: arn('missing.fifo') })).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException' }),
    );
  });
});
