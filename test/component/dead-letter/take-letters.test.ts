import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { none, PermanentError, source, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, redrive } from '../../../functions/lane/repair.ts';
import { entrySortKey, letterSortKey, rejectionPartition } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startedAt, startWorld, type World } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

/** A world whose events fail while its shop is broken. */
async function worldOf(options: Partial<SourceOptions> = {}) {
  const ran: string[] = [];
  const shop = { isBroken: true };
  const world = await startWorld(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer', ...options }) },
    handlers: {
      'acme/*': async ({ eventId }) => {
        if (shop.isBroken) throw new PermanentError('the shop is broken');
        ran.push(eventId);
      },
    },
  });
  return { world, ran, shop };
}
const inFeeder = ({ engine }: World) => engine.attributes('feeder.fifo').ApproximateNumberOfMessages;
const action = { source: 'acme', eventId: 'e', actor: 'ada', reason: 'r' };
const deadNotes = async (world: World) =>
  (await world.ledger.readWithNotes('acme#e')).notes.filter(({ what }) => what === 'dead-lettered');

describe('the dead letter of an event that came to rest', () => {
  it('G7: is noted once, moved by SQS to the dead-letter queue at once, and no longer promised', async () => {
    const { world } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.processNext();
    const promised = await world.attention('acme#e');

    await world.run();

    expect(promised).toMatchObject({
      entry: 2,
      dueAt: new Date(startedAt.getTime() + 180_000).toISOString(),
    });
    const attention = await world.attention('acme#e');
    expect(attention).toMatchObject({ reason: 'permanent-error', entry: 2 });
    expect(attention).not.toHaveProperty('due');
    expect(await world.due()).toEqual([]);
    expect(world.deadLetters()).toMatchObject([{ deadLetter: 'acme#e', entry: 2 }]);
    expect(await deadNotes(world)).toMatchObject([{ actor: 'dead-letter/1' }]);
    expect(world.now()).toEqual(startedAt);
  });

  it('is noted once and kept once though the note’s function is run again', async () => {
    const { world } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.processNext();
    const message = world.receive('feeder.fifo')!;

    await world.process(message, 'feeder.fifo');
    await world.process(message, 'feeder.fifo');
    await world.run();

    expect(world.deadLetters()).toHaveLength(1);
    expect(await deadNotes(world)).toHaveLength(1);
    expect(await world.states('acme#e')).toEqual(['processing', 'failed']);
  });

  it('of which a second one was sent is dropped: one letter says it', async () => {
    const { world } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.run();
    world.passSeconds(600);

    await world.deps.sendLetter({ event: 'acme#e', entry: 2, lane: 'acme#customer-1' });
    const sent = inFeeder(world);
    await world.run();

    expect([sent, inFeeder(world)]).toEqual(['1', '0']);
    expect(world.deadLetters()).toHaveLength(1);
    expect(await world.states('acme#e')).toEqual(['processing', 'failed']);
  });

  it.each([undefined, 'lanes.fifo', 'feeder.fifo'] as const)(
    'G5: is a redrive where an operator moves it back (to %s)',
    async (to) => {
      const { world, ran, shop } = await worldOf({ onExhausted: 'hold' });
      await world.arrive({ eventId: 'e' });
      await world.arrive({ eventId: 'follower' });
      await world.run();
      shop.isBroken = false;

      world.redriveFromConsole(to);
      await world.run();

      expect(ran).toEqual(['e', 'follower']);
      expect((await world.ledger.read('acme#e')).entries[2]).toMatchObject({
        state: 'reopened',
        by: 'redrive',
        actor: 'sqs',
        reason: 'moved back from the dead-letter queue',
      });
      expect(world.deadLetters()).toEqual([]);
      expect(await world.attention('acme#e')).toBeUndefined();
    },
  );

  it('is noted at its first move and redriven at its second, where its only receive was throttled', async () => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.processNext();
    world.receive('feeder.fifo');
    world.passSeconds(120);
    await world.run();
    shop.isBroken = false;
    const unnoted = { letters: world.deadLetters().length, notes: (await deadNotes(world)).length };

    world.redriveFromConsole();
    await world.run();
    const moved = { letters: world.deadLetters().length, notes: (await deadNotes(world)).length };
    const ranByThen = [...ran];
    world.redriveFromConsole();
    await world.run();

    expect([unnoted, moved]).toEqual([
      { letters: 1, notes: 0 },
      { letters: 1, notes: 1 },
    ]);
    expect([ranByThen, ran]).toEqual([[], ['e']]);
    expect(world.deadLetters()).toEqual([]);
  });

  it('has another letter when it fails again, and that one is a redrive too', async () => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.run();
    world.redriveFromConsole();
    await world.run();
    const again = world.deadLetters();
    shop.isBroken = false;

    world.redriveFromConsole();
    await world.run();

    expect(again).toMatchObject([{ entry: 5 }]);
    expect(ran).toEqual(['e']);
    expect(await deadNotes(world)).toHaveLength(2);
  });

  it.each(['redrive', 'discard'] as const)('is dropped when it is moved back after a %s', async (how) => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.run();
    shop.isBroken = false;
    await (how === 'redrive' ? redrive : discard)(action, world.deps);
    await world.run();
    const before = await world.states('acme#e');

    for (const to of [undefined, 'lanes.fifo'] as const) {
      world.redriveFromConsole(to);
      await world.run();
    }

    expect(ran).toEqual(how === 'redrive' ? ['e'] : []);
    expect(await world.states('acme#e')).toEqual(before);
    expect(world.deadLetters()).toEqual([]);
  });

  it('is dropped where its event was repaired before the letter was met', async () => {
    const { world } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.processNext();

    await discard(action, world.deps);
    await world.run();

    expect(world.deadLetters()).toEqual([]);
    expect(await deadNotes(world)).toEqual([]);
    expect(await world.attention('acme#e')).toBeUndefined();
  });

  it.each([undefined, 'lanes.fifo'] as const)(
    'of an event whose body has expired is back in the dead-letter queue, and nothing runs (moved to %s)',
    async (to) => {
      const { world, ran, shop } = await worldOf();
      await world.arrive({ eventId: 'e' });
      await world.run();
      await world.forgetBody('acme#e');
      shop.isBroken = false;

      world.redriveFromConsole(to);
      await world.run();

      expect(ran).toEqual([]);
      expect(world.deadLetters()).toMatchObject([{ deadLetter: 'acme#e', entry: 2 }]);
      expect(await world.states('acme#e')).toEqual(['processing', 'failed']);
      const { notes } = await world.ledger.readWithNotes('acme#e');
      expect(notes.at(-1)).toMatchObject({ what: 'refused', actor: 'sqs' });
      expect(await world.attention('acme#e')).toBeDefined();
    },
  );

  it('of a source that is no longer configured is back in the dead-letter queue until the source is back', async () => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.run();
    shop.isBroken = false;
    const { acme } = world.deps.sources;
    const sources = world.deps.sources as Record<string, typeof acme>;
    delete sources['acme'];

    world.redriveFromConsole();
    await world.run();
    const kept = world.deadLetters();
    sources['acme'] = acme;
    world.redriveFromConsole();
    await world.run();

    expect(kept).toMatchObject([{ deadLetter: 'acme#e' }]);
    expect(ran).toEqual(['e']);
  });

  it('G8: stays promised where the feeder cannot be reached', async () => {
    const { world } = await worldOf();
    await world.arrive({ eventId: 'e' });
    const message = world.receive()!;
    world.queue.isDown = true;

    await world.process(message);

    expect((await world.ledger.newest('acme#e'))?.state).toBe('failed');
    expect(await world.due()).toMatchObject([
      { dueAt: new Date(startedAt.getTime() + 180_000).toISOString() },
    ]);
  });
});

describe('what else is met in the feeder', () => {
  it('junk is audited, and moved on to the dead-letter queue', async () => {
    const { world } = await worldOf();
    const body = '{"event":"no hash"}';
    const { messageId } = world.engine.send('feeder.fifo', { body, groupId: 'g', deduplicationId: 'd' });

    await world.run();

    const Key = {
      pk: rejectionPartition('unknown', startedAt, messageId),
      sk: `${startedAt.toISOString()}#${messageId}`,
    };
    const { Item } = await world.dynamodb.send(new GetCommand({ TableName: world.ledgerTable, Key }));
    expect(Item).toMatchObject({ cause: 'junk-message', bodyBytes: body.length, ip: 'queue' });
    expect(world.deadLetters()).toEqual([JSON.parse(body)]);
  });

  it.each([
    ['runs where it may', 0, ['e']],
    ['runs nothing where it is old', 1, []],
  ])('a message of the lane queue goes to its lane, and %s', async (_, generation, runs) => {
    const { world, ran, shop } = await worldOf();
    shop.isBroken = generation === 1;
    await world.store({ eventId: 'e' });
    if (generation === 1) {
      await world.send('acme#e');
      await world.run();
      await redrive(action, world.deps);
      await world.run();
      shop.isBroken = false;
    }
    const before = await world.states('acme#e');
    const body = JSON.stringify({ event: 'acme#e', generation: 0 });
    world.engine.send('feeder.fifo', { body, groupId: 'g', deduplicationId: 'd' });

    await world.run();

    expect(ran).toEqual(runs);
    if (generation === 1) expect(await world.states('acme#e')).toEqual(before);
    expect(inFeeder(world)).toBe('0');
  });

  it.each(['acme#never', 'nobody#1', 'constructor#1'])(
    'a message of the lane queue for %s, which nobody could run, is left to the dead-letter queue',
    async (event) => {
      const { world } = await worldOf();
      const body = JSON.stringify({ event, generation: 0 });
      world.engine.send('feeder.fifo', { body, groupId: 'g', deduplicationId: 'd' });

      await world.run();

      expect(world.deadLetters()).toEqual([{ event, generation: 0 }]);
    },
  );

  it('a letter of an event that never was is dropped', async () => {
    const { world } = await worldOf();
    const body = JSON.stringify({ deadLetter: 'acme#never', entry: 1, copy: 'c' });
    world.engine.send('feeder.fifo', { body, groupId: 'g', deduplicationId: 'd' });

    await world.run();

    expect(world.deadLetters()).toEqual([]);
    expect((await world.ledger.readWithNotes('acme#never')).notes).toEqual([]);
  });
});

describe('an item that cannot be read', () => {
  it.each([
    ['the note of its letter', letterSortKey(2)],
    ['the entry it is about', entrySortKey(2)],
  ])('%s: costs its own letter alone, which is back in the dead-letter queue', async (_, sk) => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'e' });
    await world.arrive({ eventId: 'other', lane: 'acme#customer-2' });
    await world.run();
    const Key = { pk: 'acme#e', sk };
    const { Item } = await world.dynamodb.send(new GetCommand({ TableName: world.ledgerTable, Key }));
    await world.dynamodb.send(
      new PutCommand({ TableName: world.ledgerTable, Item: { ...Item, at: 'soon', what: 'x', state: 'x' } }),
    );
    shop.isBroken = false;
    world.redriveFromConsole();

    const isBatch = inFeeder(world) === '2';
    await world.run();

    expect([isBatch, ran]).toEqual([true, ['other']]);
    expect(world.deadLetters()).toMatchObject([{ deadLetter: 'acme#e' }]);
    expect((await world.attention('acme#e'))?.['reason']).toBe('permanent-error');
  });
});

it('G3: a lane whose letters are moved back in one batch runs in its order', async () => {
  const { world, ran, shop } = await worldOf();
  const ids = ['c', 'a', 'b', 'e', 'd'];
  for (const eventId of ids) await world.arrive({ eventId });
  await world.run();
  shop.isBroken = false;
  world.redriveFromConsole();

  const isBatch =
    inFeeder(world) === '5' && (await world.processNext('feeder.fifo')) && inFeeder(world) === '0';
  await world.run();

  expect([isBatch, ran]).toEqual([true, ids]);
  expect(world.deadLetters()).toEqual([]);
});

it('keeps the promises of others where many fail at once', async () => {
  const { world } = await worldOf();
  for (let n = 0; n < 30; n++) await world.arrive({ eventId: `e${n}`, lane: `acme#${n % 3}` });

  await world.run();

  expect(world.engine.attributes('dead.fifo').ApproximateNumberOfMessages).toBe('30');
  expect(await world.due()).toEqual([]);
  const page = await world.dynamodb.send(
    new QueryCommand({
      TableName: world.stateTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'LETTER' },
    }),
  );
  expect(page.Items).toEqual([]);
});
