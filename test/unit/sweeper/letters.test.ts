import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { discard, redrive } from '../../../functions/lane/repair.ts';
import { entrySortKey } from '../../../functions/ledger/keys.ts';
import { forgottenLetters } from '../../../functions/lane/forgotten-letters.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';

const fiveMinutes = 300;
const tenMinutes = 600;
const action = (eventId: string) => ({ source: 'acme', eventId, actor: 'ada', reason: 'repaired' });

/** The sweeper's way to the queues, which counts what it receives from the dead-letter queue. */
function countingReceives(world: SweptWorld) {
  let receives = 0;
  const sqs: Pick<SQSClient, 'send'> = {
    send: async (command: Parameters<SQSClient['send']>[0]) => {
      if (command instanceof ReceiveMessageCommand) receives++;
      const answer: unknown = await world.deps.sqs.send(command);
      return answer;
    },
  };
  return { sqs, receives: () => receives };
}

const depth = ({ engine }: SweptWorld) => Number(engine.attributes('dead.fifo').ApproximateNumberOfMessages);

/** So many failed events in each of so many lanes, their letters in the dead-letter queue. */
async function withLetters(lanes: number, each = 1) {
  const database = memoryDatabase();
  const world = await startSweptWorld(database);
  for (let n = 0; n < each; n++) {
    for (let lane = 0; lane < lanes; lane++) {
      await world.arrive({ eventId: `${lane}-${n}`, type: 'broken', lane: `acme#customer-${lane}` });
    }
  }
  await world.workUntil(60);
  const forgotten = () => database.model.tables.get('state')?.partition(forgottenLetters) ?? [];
  return { world, forgotten };
}

describe('a dead letter that was promised', () => {
  it.each([1, 2])('G8: and not sent is sent once, within five minutes (sweepers: %i)', async (sweepers) => {
    const world = await startSweptWorld(memoryDatabase());
    const key = await world.arrive({ eventId: 'it', type: 'broken' });
    const message = world.receive();
    world.queue.isDown = true;
    await world.process(message!);
    world.queue.isDown = false;

    await world.live(fiveMinutes, { sweepers, from: 59 });
    const letters = world.deadLetters();
    await world.live(7200, { sweepers });

    expect(letters).toMatchObject([{ deadLetter: key, entry: 2 }]);
    expect(world.deadLetters()).toEqual(letters);
    expect(world.sent.length).toBeLessThanOrEqual(sweepers);
    expect(await world.due()).toEqual([]);
    expect(await world.attention(key)).toMatchObject({ reason: 'permanent-error' });
  });

  it('G8: and was lost on its way is sent again, until it is met', async () => {
    const world = await startSweptWorld(memoryDatabase());
    const key = await world.arrive({ eventId: 'it', type: 'broken' });
    await world.processNext();
    for (let minutes = 0; minutes < 30; minutes++) {
      world.engine.purgeQueue('feeder.fifo');
      world.passSeconds(60);
      await world.sweep();
    }
    const sent = world.sent.map(({ afterSeconds }) => afterSeconds);

    await world.live(world.afterSeconds() + 720);

    expect(sent).toEqual([180, 780, 1380]);
    expect(world.deadLetters()).toMatchObject([{ deadLetter: key }]);
    expect(await world.due()).toEqual([]);
  });

  it('is not sent where the event has moved on', async () => {
    const world = await startSweptWorld(memoryDatabase());
    await world.arrive({ eventId: 'it', type: 'broken' });
    await world.processNext();
    world.engine.purgeQueue('feeder.fifo');
    await discard(action('it'), world.deps);

    await world.live(1800);

    expect(world.sent).toEqual([]);
    expect(world.deadLetters()).toEqual([]);
    expect(await world.attentionItems()).toEqual([]);
  });

  it('is not sent again once it was met', async () => {
    const { world } = await withLetters(1);

    await world.live(7200);

    expect(world.sent).toEqual([]);
    expect(depth(world)).toBe(1);
  });
});

describe('the dead-letter queue', () => {
  it('is not looked into while no letter is forgotten in it', async () => {
    const { world } = await withLetters(3);
    const { sqs, receives } = countingReceives(world);

    await world.live(3600, { over: { sqs } });

    expect(receives()).toBe(0);
    expect(depth(world)).toBe(3);
  });

  it.each(['redrive', 'discard'] as const)(
    'loses the letter of an event that was repaired (%s) within ten minutes, and is not looked into any more',
    async (how) => {
      const { world, forgotten } = await withLetters(1);
      world.shop.isBroken = false;
      await { redrive, discard }[how](action('0-0'), world.deps);
      const noted = forgotten().length;
      const { sqs, receives } = countingReceives(world);

      await world.live(60 + tenMinutes, { from: 119, over: { sqs } });
      const left = depth(world);
      await world.live(60 + 3 * tenMinutes, { over: { sqs } });
      const needed = receives();
      await world.live(7200, { over: { sqs } });

      expect(noted).toBe(1);
      expect(left).toBe(0);
      expect(forgotten()).toEqual([]);
      expect(receives()).toBe(needed);
    },
  );

  it('loses it among 30 lanes whose letters stay, and those are all there to be received', async () => {
    const { world, forgotten } = await withLetters(30, 3);
    await discard(action('29-1'), world.deps);

    await world.live(60 + tenMinutes, { from: 119 });
    const left = depth(world);
    await world.live(60 + 3 * tenMinutes);

    expect(left).toBe(89);
    expect(forgotten()).toEqual([]);
    expect(await world.finals(['acme#29-0', 'acme#29-1', 'acme#29-2'])).toEqual([
      'failed',
      'discarded',
      'failed',
    ]);
  });

  it('loses it among ten of its lane, though others fill most of the receive that begins with that', async () => {
    const { world, forgotten } = await withLetters(2, 8);
    await discard(action('1-7'), world.deps);

    await world.live(60 + 3 * tenMinutes, { from: 119 });
    world.passSeconds(30);

    expect(depth(world)).toBe(15);
    expect(forgotten()).toEqual([]);
  });

  it('loses all of 2,000 letters of 100 lanes where all were repaired', { timeout: 600_000 }, async () => {
    const { world } = await withLetters(100, 20);
    const before = depth(world);
    world.shop.isBroken = false;
    for (let n = 0; n < 20; n++) {
      for (let lane = 0; lane < 100; lane++) await redrive(action(`${lane}-${n}`), world.deps);
    }

    await world.live(60 + tenMinutes, { from: 119 });

    expect(before).toBe(2000);
    expect(depth(world)).toBe(0);
  });

  it('loses it behind 2,100 lanes whose letters stay', { timeout: 600_000 }, async () => {
    const { world } = await withLetters(2100);
    await discard(action('2099-0'), world.deps);

    await world.live(60 + tenMinutes, { from: 119 });

    expect(depth(world)).toBe(2099);
  });

  it('loses it behind ten of the same lane once one of those is gone', async () => {
    const { world, forgotten } = await withLetters(1, 12);
    await discard(action('0-11'), world.deps);
    const { sqs, receives } = countingReceives(world);
    await world.live(3600, { from: 119, over: { sqs } });
    const [behind, needed] = [depth(world), receives()];
    await discard(action('0-0'), world.deps);
    await discard(action('0-1'), world.deps);
    await world.live(3600 + tenMinutes, { over: { sqs } });
    const left = depth(world);
    await world.live(3600 + 4 * tenMinutes, { over: { sqs } });

    expect(behind).toBe(12);
    expect(needed).toBe(28);
    expect(left).toBe(9);
    expect(forgotten()).toEqual([]);
  });

  it('loses the letter that was on its way when the queue went down for longer than ten minutes', async () => {
    const world = await startSweptWorld(memoryDatabase());
    await world.arrive({ eventId: 'it', type: 'broken' });
    await world.processNext();
    await discard(action('it'), world.deps);
    world.queue.isDown = true;
    world.passSeconds(2 * tenMinutes);
    world.queue.isDown = false;
    world.receive('feeder.fifo');
    await world.sweep();

    await world.workUntil(world.afterSeconds() + 60);
    const late = depth(world);
    await world.live(world.afterSeconds() + tenMinutes);

    expect(late).toBe(1);
    expect(depth(world)).toBe(0);
  });

  it('is looked into for the letter of an event that cannot be read, and no run fails', async () => {
    const { world, forgotten } = await withLetters(2);
    await discard(action('0-0'), world.deps);
    world.engine.purgeQueue('dead.fifo');
    const pk = 'acme#0-0';
    const sk = entrySortKey(4);
    await world.dynamodb.send(new PutCommand({ TableName: world.ledgerTable, Item: { pk, sk, state: '?' } }));

    await world.live(60 + 3 * tenMinutes, { from: 119 });

    expect(forgotten()).toHaveLength(1);
    expect(await world.attention(pk)).toMatchObject({ reason: 'unreadable-item' });
  });

  it('is given up to be looked into for a letter that is not there, within half an hour', async () => {
    const { world, forgotten } = await withLetters(2);
    await discard(action('0-0'), world.deps);
    world.engine.purgeQueue('dead.fifo');
    const { sqs, receives } = countingReceives(world);

    await world.live(60 + 3 * tenMinutes, { over: { sqs } });
    const needed = receives();
    await world.live(7200, { over: { sqs } });

    expect(forgotten()).toEqual([]);
    expect(needed).toBe(13);
    expect(receives()).toBe(needed);
  });

  it('keeps the letter of an event that failed again, though the one before it is not there', async () => {
    const { world } = await withLetters(1);
    world.engine.purgeQueue('dead.fifo');
    await redrive(action('0-0'), world.deps);

    await world.live(60 + tenMinutes);

    expect(world.deadLetters()).toMatchObject([{ deadLetter: 'acme#0-0', entry: 5 }]);
  });

  it('keeps the letter of the same event that failed again', async () => {
    const { world, forgotten } = await withLetters(1);
    await redrive(action('0-0'), world.deps);

    await world.live(60 + 3 * tenMinutes);

    expect(world.deadLetters()).toMatchObject([{ deadLetter: 'acme#0-0', entry: 5 }]);
    expect(forgotten()).toEqual([]);
    expect(await world.attention('acme#0-0')).toMatchObject({ entry: 5 });
  });
});
