import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startedAt } from '../../support/world.ts';
import { lastSource, names, startBusyWorld } from '../../support/busy-sources.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

describe('a run that has no more time', () => {
  it('G8: leaves the rest of a minute to the next one: each event is looked at once, or nearly, and lost ones are sent once', async () => {
    const world = await startBusyWorld();
    world.arriveForAMinute(0, [lastSource], 50);
    for (let n = 0; n < 20; n++) {
      const lane = `${lastSource}#lost-${n}`;
      world.putEvent({ key: eventKey(lastSource, `lost-${n}`), lane, acceptedAt: at(n * 3) });
    }

    for (let run = 0; run < 10; run++) {
      world.passSeconds(240 + run * 60 - world.afterSeconds());
      await world.sweepOnce({ runSeconds: 0.25 });
    }

    const seen = world.minutes.map(({ looks }) => looks);
    expect(seen[0]).toBeLessThan(3020);
    expect(seen[0]).toBeGreaterThan(500);
    expect(seen.reduce((sum, looks) => sum + looks)).toBeGreaterThanOrEqual(3020);
    // Less than a page of each shard is looked at twice in each run, and each lost lane twice more.
    expect(seen.reduce((sum, looks) => sum + looks)).toBeLessThan(3020 * 1.6);
    expect(world.sent).toHaveLength(20);
    expect(new Set(world.sent.map((message) => message.kind === 'lane' && message.event)).size).toBe(20);
  });

  it('G8: gets on although no shard has time for a page', { timeout: 60_000 }, async () => {
    const world = await startBusyWorld();
    world.arriveForAMinute(0, names, 50);
    const lost = eventKey(lastSource, 'lost');
    world.putEvent({ key: lost, lane: `${lastSource}#lost`, acceptedAt: at(30) });

    let runs = 0;
    for (; runs < 200 && world.sent.length === 0; runs++) {
      world.passSeconds(Math.max(0, 240 + runs - world.afterSeconds()));
      await world.sweepOnce({ runSeconds: 0.1 });
    }

    // Half of 12,000 looks, 24 in 5 ms: 13 runs, and as many again for what is looked at twice.
    expect(runs).toBeLessThan(30);
    expect(world.sent).toHaveLength(1);
  });

  it('G8: leaves the rest of a minute to the next one, which may have no time for any of it', async () => {
    const world = await startBusyWorld();
    world.arriveForAMinute(0, [lastSource], 50);
    world.passSeconds(240);

    await world.sweepOnce({ runSeconds: 0.25 });
    await world.sweepOnce({ runSeconds: 0.009 });
    await world.sweepOnce();

    const [first = 0, , rest = 0] = world.minutes.map(({ looks }) => looks);
    expect(first).toBeGreaterThan(500);
    expect(rest).toBeLessThan(3000 - first / 2);
  });

  it('G8: serves what is due as well as what is new', async () => {
    const world = await startBusyWorld();
    world.arriveForAMinute(0);
    world.delayedLane('acme#delayed', 3, 100);
    world.passSeconds(240);

    await world.sweepOnce({ runSeconds: 0.2 });

    expect(world.sent).toMatchObject([{ event: 'acme#acme#delayed-head' }]);
  });

  it('leaves what is due to the next one', async () => {
    const world = await startSweptWorld(memoryDatabase());
    await world.arrive({ eventId: 'it', type: 'broken' });
    await world.processNext();
    world.engine.purgeQueue('feeder.fifo');
    world.passSeconds(180);

    await world.sweep({ runSeconds: 0 });
    const sent = world.sent.length;
    await world.sweep();

    expect(sent).toBe(0);
    expect(world.sent).toHaveLength(1);
  });
});

describe('a sweeper that is late', () => {
  const stopped = { runSeconds: 0 };
  /** Its cursors can be read, and nothing else. */
  const busy = { runSeconds: 0.005 };

  it.each([
    [5, 0],
    [6, 1],
  ])('%i minutes late asks for attention %i times', async (minutes, times) => {
    const world = await startBusyWorld();
    world.passSeconds(minutes * 60);

    await world.sweepOnce(busy);

    expect((await world.attentionItems()).filter(({ source }) => source === 'acme')).toHaveLength(times);
  });

  it('asks for attention once, and no longer once it has caught up', async () => {
    const world = await startBusyWorld();
    world.passSeconds(30 * 60);

    await world.sweepOnce(busy);
    await world.sweepOnce(busy);
    const late = await world.attentionItems();
    await world.sweepOnce();

    expect(late).toHaveLength(4);
    expect(late).toContainEqual(
      expect.objectContaining({ key: eventKey('sweeper', 'acme'), source: 'acme', reason: 'sweeper-late' }),
    );
    expect(await world.attentionItems()).toEqual([]);
  });

  it('says nothing where there was no time to see how late it is', async () => {
    const world = await startSweptWorld(memoryDatabase());
    world.passSeconds(30 * 60);

    await world.sweep(stopped);

    expect(await world.attentionItems()).toEqual([]);
  });
});
