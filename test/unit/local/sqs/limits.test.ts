import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { engineOnFakeClock } from '../../../support/sqs-engine.ts';

describe('the search for a free message group', () => {
  test('ends after the first messages of the queue, and comes further as these are deleted', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock({ limits: { searched: 3 } });
    const queue = fifo('q.fifo');
    for (const body of ['A1', 'A2', 'A3']) send(queue, 'A', body);
    send(queue, 'B', 'B1');
    const [head] = engine.receive(queue);

    const behind = bodies(queue);
    engine.delete(queue, head!.receiptHandle);
    const blocked = engine.receive(queue);
    const found = bodies(queue);

    expect(behind).toEqual([]);
    expect(blocked.map(({ body }) => body)).toEqual(['A2']);
    expect(found).toEqual(['B1']);
  });

  test('does not count the messages of another queue', () => {
    const { fifo, send, bodies } = engineOnFakeClock({ limits: { searched: 2 } });
    const [long, short] = [fifo('long.fifo'), fifo('short.fifo')];
    for (const body of ['1', '2', '3']) send(long, 'A', body);

    send(short, 'A', 'short');

    expect(bodies(short)).toEqual(['short']);
  });

  test('knows its end after a transaction that failed, a restart and a purge', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const options = { path: join(folder, 'sqs.db'), limits: { searched: 2 } };
    const first = engineOnFakeClock(options);
    const queue = first.fifo('q.fifo');
    for (const body of ['A1', 'A2']) first.send(queue, 'A', body);
    first.send(queue, 'B', 'B1', 'b1');
    const [head] = first.engine.receive(queue);
    const failing = () =>
      first.engine.atomically(() => {
        first.engine.delete(queue, head!.receiptHandle);
        throw new Error('as asked');
      });
    expect(failing).toThrow('as asked');

    const afterFailure = first.bodies(queue);
    first.engine.close();
    const second = engineOnFakeClock(options);
    const afterRestart = second.bodies(queue);
    second.engine.purgeQueue(queue);
    second.send(queue, 'C', 'C1', 'c1');

    expect([afterFailure, afterRestart]).toEqual([[], []]);
    expect(second.bodies(queue)).toEqual(['C1']);
    second.engine.close();
  });

  test('says that nothing is ready while what is free lies behind its end', () => {
    const { engine, fifo, send, now } = engineOnFakeClock({ limits: { searched: 1 } });
    const queue = fifo('q.fifo');
    for (const group of ['A', 'B']) send(queue, group, group);

    engine.receive(queue, { visibilityTimeoutSeconds: 60 });

    expect(engine.nextReadyAt(queue)).toBe(now() + 60_000);
  });

  test('finds a free group behind 100,000 messages of a blocked one', { timeout: 60_000 }, () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock();
    const queue = fifo('q.fifo');
    engine.atomically(() => {
      for (let n = 0; n < 100_000; n++) send(queue, 'blocked', 'x');
    });
    bodies(queue, 1);
    send(queue, 'free', 'free');

    const startedAt = performance.now();
    const found = bodies(queue);
    console.log(`a receive behind 100,000 messages: ${(performance.now() - startedAt).toFixed(2)} ms`);

    expect(found).toEqual(['free']);
  });
});

describe('messages in flight', () => {
  test('are as many as the limit, then a receive returns nothing and says nothing', () => {
    const { engine, fifo, send, bodies } = engineOnFakeClock({ limits: { inFlight: 2 } });
    const queue = fifo('q.fifo');
    for (const group of ['A', 'B', 'C', 'D']) send(queue, group, group);

    const [first] = engine.receive(queue, { maxMessages: 10 });
    const full = bodies(queue);
    engine.delete(queue, first!.receiptHandle);

    expect(full).toEqual([]);
    expect(bodies(queue)).toEqual(['C']);
  });

  test('make room when a visibility timeout ends, and the queue says when', () => {
    const { engine, fifo, send, bodies, now, passSeconds } = engineOnFakeClock({ limits: { inFlight: 2 } });
    const queue = fifo('q.fifo');
    for (const group of ['A', 'B', 'C']) send(queue, group, group);
    bodies(queue, 1, 60);
    bodies(queue, 1, 30);

    const readyAt = engine.nextReadyAt(queue);
    passSeconds(30);

    expect(readyAt).toBe(now());
    expect(bodies(queue)).toEqual(['B']);
  });
});

describe('the counts of a queue', () => {
  const queueOfTen = (options: Parameters<typeof engineOnFakeClock>[0]) => {
    const fixture = engineOnFakeClock(options);
    const queue = fixture.fifo('q.fifo');
    const fill = () => {
      for (let n = 0; n < 10; n++) fixture.send(queue, `${n}`, 'x');
    };
    const visible = () => Number(fixture.engine.attributes(queue).ApproximateNumberOfMessages);
    return { ...fixture, fill, visible };
  };

  test('are exact unless they are told not to be', () => {
    const { fill, visible } = queueOfTen({});
    visible();

    fill();

    expect(visible()).toBe(10);
  });

  test('lag: may be those of any look in the last minute', () => {
    const drawn = [0, 0.5];
    const { fill, visible, passSeconds } = queueOfTen({
      counts: { random: () => drawn.shift() ?? 0, blur: 0 },
    });
    fill();

    const lagging = visible();
    drawn.push(0.99);
    const current = visible();
    passSeconds(61);

    expect([lagging, current, visible()]).toEqual([0, 10, 10]);
  });

  test('are blurred by at most the share that is asked for', () => {
    const told = [0, 0.5, 0.999_999].map((random) => {
      const { fill, visible, passSeconds } = queueOfTen({ counts: { random: () => random, blur: 0.2 } });
      fill();
      visible();
      passSeconds(61);
      return visible();
    });

    expect(told).toEqual([8, 10, 12]);
  });
});
