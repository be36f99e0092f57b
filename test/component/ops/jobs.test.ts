import { none, PermanentError, source } from 'hooklane';
import { expect, it } from 'vitest';
import type { Job } from '../../../functions/ops/jobs/job.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import type { TestDatabase } from '../../support/dynamodb.ts';
import { operator, startOps, type Ops } from '../../support/ops-fixture.ts';

const lanes = 100;
const inLane = 20;

/** `ran`: lane and event of each run that had its effect, in order. */
async function failedEvents(events = lanes * inLane) {
  const shop = { isBroken: true };
  const ran: string[] = [];
  const ops = await startOps(memoryDatabase() as unknown as TestDatabase, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
    handlers: {
      'acme/*': async ({ eventId }) => {
        if (shop.isBroken) throw new PermanentError('the shop is broken');
        ran.push(eventId);
      },
    },
  });
  for (let n = 0; n < events; n++) {
    const lane = `acme#lane-${n % lanes}`;
    await ops.world.arrive({ eventId: `${n % lanes}/${Math.floor(n / lanes)}`, lane });
    ops.world.passSeconds(0.01);
  }
  await ops.world.run(60);
  return { ops, shop, ran };
}

const askForPlan = ({ post }: Ops, over: object) =>
  post('/ops/jobs', { reason: 'repaired', action: 'redrive', filter: { source: 'acme' }, ...over });
const plan = async (ops: Ops, over: object = {}) => jobOf(await askForPlan(ops, over));
const run = async ({ post }: Ops, id: string) =>
  jobOf(await post(`/ops/jobs/${id}/run`, { reason: 'go on' }));

/** A refusal ends the test with what it says. */
function jobOf(answer: Awaited<ReturnType<Ops['post']>>): Job {
  expect(answer.statusCode, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Job;
}

async function toTheEnd(ops: Ops, id: string): Promise<Job> {
  for (let job = await run(ops, id); ; job = await run(ops, id)) if (job.state === 'finished') return job;
}

it(
  'G3, G5: redrives 2,000 failed events of 100 lanes, killed in the middle and resumed: each once, in order, and counts agree',
  { timeout: 300_000 },
  async () => {
    const { ops, shop, ran } = await failedEvents();
    const planned = await plan(ops, { ratePerSecond: 100 });
    expect(planned).toMatchObject({ state: 'planned', plan: { events: 2000, lanes: 100, isWhole: true } });
    shop.isBroken = false;

    // The function dies behind what it did and before it has written that down, many times.
    let writes = 0;
    const dying = {
      ...ops.world.dynamodb,
      send: async (command: { readonly input: object }) => {
        const { Item } = command.input as { readonly Item?: { readonly pk?: unknown } };
        if (Item?.pk === 'JOBS' && ++writes % 3 === 0) throw new Error('killed');
        return await ops.world.dynamodb.send(command as never);
      },
    } as unknown as typeof ops.world.dynamodb;
    for (let n = 0; n < 5; n++) {
      const answer = await ops.post(`/ops/jobs/${planned.id}/run`, undefined, { dynamodb: dying });
      expect(answer.statusCode).toBe(503);
      const { progress } = (await ops.get(`/ops/jobs/${planned.id}`)).body as Job;
      expect(progress.done + progress.left).toBe(2000);
    }
    const finished = await toTheEnd(ops, planned.id);
    await ops.world.run(60);

    expect(finished.progress).toEqual({ done: 2000, refused: 0, movedOn: 0, left: 0 });
    expect(ran).toHaveLength(2000);
    for (let lane = 0; lane < lanes; lane++) {
      const ofLane = ran.filter((id) => id.startsWith(`${lane}/`));
      expect(ofLane).toEqual(Array.from({ length: inLane }, (_, n) => `${lane}/${n}`));
    }
    const audit = (await ops.get('/ops/events/acme/7/3/audit')).body as { items: { reason?: string }[] };
    expect(audit.items.filter(({ reason }) => reason === `repaired (job ${planned.id})`)).toHaveLength(1);
  },
);

it('never acts on what its own work makes: an event that fails again is not redriven again', async () => {
  const { ops } = await failedEvents(30);
  const { id } = await plan(ops);

  const finished = await toTheEnd(ops, id);
  await ops.world.run(60);
  const again = await ops.post(`/ops/jobs/${id}/run`, { reason: 'once more' });

  expect(finished.progress).toMatchObject({ done: 30, left: 0 });
  expect(again).toMatchObject({ statusCode: 409, body: { cause: 'job-refused', state: 'finished' } });
  expect(await ops.world.states('acme#3/0')).toEqual([
    'processing',
    'failed',
    'reopened',
    'processing',
    'failed',
  ]);
});

it('leaves alone what somebody else did something with since the plan', async () => {
  const { ops } = await failedEvents(3);
  const { id } = await plan(ops);
  await ops.post('/ops/events/acme/1/0/discard');

  const finished = await toTheEnd(ops, id);

  expect(finished.progress).toEqual({ done: 2, refused: 0, movedOn: 1, left: 0 });
  expect((await ops.world.states('acme#1/0')).at(-1)).toBe('discarded');
});

it('does nothing to an event that somebody else redrives between its look and its act', async () => {
  const { ops } = await failedEvents(1);
  const { id } = await plan(ops);
  const { ledger } = ops.world.deps;
  let looks = 0;
  const newest: typeof ledger.newest = async (key) => {
    const seen = await ledger.newest(key);
    if (++looks === 1) {
      await ops.post('/ops/events/acme/0/0/redrive');
      await ops.world.run(10);
    }
    return seen;
  };

  const { body } = await ops.post(`/ops/jobs/${id}/run`, undefined, { ledger: { ...ledger, newest } });

  expect(body).toMatchObject({ progress: { done: 0, refused: 0, movedOn: 1, left: 0 } });
  const { items } = (await ops.get('/ops/events/acme/0/0/audit')).body as { items: { what: string }[] };
  expect(items.filter(({ what }) => what === 'redriven' || what === 'refused')).toHaveLength(1);
});

it('is paused and gone on with, and cancelled for good', async () => {
  const { ops } = await failedEvents(5);
  const { id } = await plan(ops);

  const paused = await ops.post(`/ops/jobs/${id}/pause`);
  const cancelled = await ops.post(`/ops/jobs/${id}/cancel`);
  const after = await ops.post(`/ops/jobs/${id}/run`);

  expect([paused.body, cancelled.body]).toMatchObject([{ state: 'paused' }, { state: 'cancelled' }]);
  expect(after).toMatchObject({ statusCode: 409, body: { state: 'cancelled' } });
  expect((await ops.get('/ops/events?state=failed')).body).toMatchObject({ items: { length: 5 } });
});

it('G7: has in its audit who planned, ran, paused, went on with and cancelled it, and why; a run that goes on once', async () => {
  const { ops } = await failedEvents(100);
  const { id } = await plan(ops, { ratePerSecond: 5 });
  const act = async (what: string, reason: string) => {
    ops.world.passSeconds(1);
    expect(await ops.post(`/ops/jobs/${id}/${what}`, { reason })).toMatchObject({ statusCode: 200 });
  };
  await act('run', 'at night');
  await act('run', 'at night');
  await act('pause', 'the shop is slow');
  await act('run', 'it is fast again');
  await act('cancel', 'enough');

  const { items } = (await ops.get(`/ops/jobs/${id}/audit`)).body as { items: readonly object[] };

  expect(items.map((item) => ({ ...item, at: undefined }))).toMatchObject(
    [
      ['planned', 'repaired'],
      ['run', 'at night'],
      ['paused', 'the shop is slow'],
      ['run', 'it is fast again'],
      ['cancelled', 'enough'],
    ].map(([what, reason]) => ({ what, reason, actor: operator })),
  );
  expect(await ops.get('/ops/jobs/never-heard-of/audit')).toMatchObject({ statusCode: 404 });
});

it('stops a run at once whose job somebody else cancels', async () => {
  const { ops } = await failedEvents(60);
  const { id } = await plan(ops, { ratePerSecond: 10 });
  const sleep = async () => {
    await ops.post(`/ops/jobs/${id}/cancel`);
  };

  const answer = await ops.post(`/ops/jobs/${id}/run`, undefined, { sleep });

  expect(answer).toMatchObject({ statusCode: 409, body: { cause: 'job-refused', state: 'cancelled' } });
  const { progress } = (await ops.get(`/ops/jobs/${id}`)).body as Job;
  expect(progress.done).toBeLessThan(60);
});

it.each([
  ['an empty filter', { filter: {} }, 'invalid-body'],
  ['a replay of all times', { action: 'replay', filter: { source: 'acme' } }, 'invalid-body'],
  ['a filter that it does not know', { filter: { colour: 'red' } }, 'invalid-body'],
  ['a filter that nothing matches', { filter: { q: 'nothing of this name' } }, 'nothing-matches'],
  ['a source that is not there', { filter: { source: 'nobody' } }, 'unknown-source'],
])('is not planned for %s', async (_, over, cause) => {
  const { ops } = await failedEvents(1);

  expect((await askForPlan(ops, over)).body).toMatchObject({ cause });
  expect((await ops.get('/ops/jobs')).body).toEqual({ items: [] });
});

it('replays what was processed in a range of time, of a type', async () => {
  const { ops, shop, ran } = await failedEvents(0);
  shop.isBroken = false;
  for (const type of ['paid', 'sent', 'paid']) {
    await ops.world.arrive({ eventId: `${type}-${ran.length}`, type, lane: 'acme#lane' });
    await ops.world.run(10);
  }
  const filter = {
    source: 'acme',
    type: 'paid',
    from: '2026-11-24T09:00:00Z',
    to: '2026-11-24T11:00:00Z',
  };
  ops.world.passSeconds(1);

  const { id, plan: planned } = await plan(ops, { action: 'replay', filter });
  await toTheEnd(ops, id);
  await ops.world.run(10);

  expect(planned.events).toBe(2);
  expect(ran).toEqual(['paid-0', 'sent-1', 'paid-2', 'paid-0', 'paid-2']);
});

it('says that a plan is not whole where reading the events takes longer than a request may', async () => {
  const { ops } = await failedEvents(250);
  const { ledger } = ops.world;
  const slow = {
    ...ledger,
    newest: (key: Parameters<typeof ledger.newest>[0]) => {
      ops.world.passSeconds(0.03);
      return ledger.newest(key);
    },
  };
  const body = { reason: 'repaired', action: 'redrive', filter: { source: 'acme' } };

  const planned = (await ops.post('/ops/jobs', body, { ledger: slow })).body as Job;

  expect(planned.plan).toMatchObject({ events: 200, isWhole: false });
});
