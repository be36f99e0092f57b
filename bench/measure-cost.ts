import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import {
  none,
  PermanentError,
  RetryAfter,
  source,
  WaitFor,
  type Handler,
  type SourceOptions,
} from 'hooklane';
import { ingest, type IngestDeps } from '../functions/ingest/ingest.ts';
import { stoppedAttributes } from '../functions/lane/gate.ts';
import { readGates, type Gates } from '../functions/lane/gates.ts';
import { pause } from '../functions/lane/pause.ts';
import { takeSlot, type Slot } from '../functions/lane/slots.ts';
import { rateLimiter } from '../functions/ingest/rate-limit.ts';
import { rejectionLog } from '../functions/ingest/rejection-log.ts';
import { leaveSlot } from '../functions/processor/slots.ts';
import { onceFor } from '../functions/processor/once.ts';
import { secretReader } from '../functions/secrets/secret-store.ts';
import { withSubscribers } from '../functions/sources/subscribers.ts';
import type { SweepRun } from '../functions/sweeper/deps.ts';
import { sweepPartition } from '../functions/sweeper/sweep-due.ts';
import type { TestDatabase } from '../test/support/dynamodb.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { Meter, type Consumption } from './consumption.ts';

export interface Measured extends Consumption {
  readonly what: string;
}

interface Case {
  readonly what: string;
  readonly options?: Partial<SourceOptions>;
  readonly handler?: (ordersTable: string) => Handler;
  /** Names of those that have its events, each by the handler. */
  readonly subscribers?: readonly string[];
  /** Arrive and are worked off before the one that is metered. */
  readonly before?: readonly Body[];
  readonly metered?: Body;
  /** Arrives behind it, and is metered with it. */
  readonly after?: Body;
  /** Its source is paused when it arrives. */
  readonly isPaused?: boolean;
  /** Later it is resumed, and the sweeper looks behind its gate. */
  readonly isResumed?: boolean;
  /** The places of the next two seconds are taken when it arrives. */
  readonly isInLine?: boolean;
  /** The only slot is taken when it arrives, and is left after that. */
  readonly isBehindSlot?: boolean;
  /** Seconds after which its message is sent again, as the sweeper does. */
  readonly again?: number;
}

type Body = Readonly<Record<string, unknown>>;

const own = { lane: 'customer' };
const effect = (ordersTable: string, n: number) => ({
  Put: { TableName: ordersTable, Item: { pk: `EFFECT#${n}`, sk: 'A', total: 100 } },
});

/** The first is the one that everything else is compared with. */
const cases: readonly Case[] = [
  { what: 'processed; source without rules', options: own },
  { what: 'processed; each event its own lane' },
  { what: "processed; `onExhausted: 'hold'`", options: { ...own, onExhausted: 'hold' } },
  {
    what: 'processed; `sequence`',
    options: { ...own, order: { sequence: 'n' } },
    before: [{ id: 'before', n: 1 }],
    metered: { n: 2 },
  },
  {
    what: 'processed; `version`',
    options: { ...own, order: { version: 'n' } },
    before: [{ id: 'before', n: 1 }],
    metered: { n: 2 },
  },
  {
    what: 'processed; `after`',
    options: { ...own, type: 'type', order: { after: { paid: ['created'] } } },
    before: [{ id: 'before', type: 'created' }],
    metered: { type: 'paid' },
  },
  {
    what: 'processed; `ctx.transact` of two small items',
    options: own,
    handler: (ordersTable) => (_, ctx) => {
      ctx.transact([effect(ordersTable, 1), effect(ordersTable, 2)]);
      return Promise.resolve();
    },
  },
  {
    what: 'processed; `ctx.once`, one step',
    options: own,
    handler: () => async (_, ctx) => ({ charge: await ctx.once('charge', () => Promise.resolve('ch_1')) }),
  },
  { what: 'handed on to one subscriber, and processed by it', options: own, subscribers: ['ledger'] },
  {
    what: 'handed on to two subscribers, and processed by each',
    options: own,
    subscribers: ['ledger', 'crm'],
  },
  {
    what: 'handed on to three subscribers, and processed by each',
    options: own,
    subscribers: ['ledger', 'crm', 'mail'],
  },
  { what: 'processed; `breaker`', options: { ...own, breaker: { failures: 10 } } },
  { what: 'processed; `atMost`, its line empty', options: { ...own, atMost: { perSecond: 20 } } },
  {
    what: 'processed; `atMost`, two seconds behind others',
    options: { ...own, atMost: { perSecond: 20 } },
    isInLine: true,
  },
  { what: 'processed; `atMost: { atOnce }`, a slot free', options: { ...own, atMost: { atOnce: 10 } } },
  {
    what: 'processed; `atMost: { atOnce }`, after a wait for a slot; with the work of the run that left it',
    options: { ...own, atMost: { atOnce: 1 } },
    isBehindSlot: true,
  },
  { what: 'processed; rate limit', options: { ...own, rateLimit: { perMinute: 100, per: 'ip' } } },
  {
    what: 'processed at the second attempt; source without rules',
    options: own,
    handler: () => (_, ctx) => (ctx.attempt === 1 ? Promise.reject(new Error('busy')) : Promise.resolve()),
  },
  {
    what: 'processed at the second attempt; `breaker`',
    options: { ...own, breaker: { failures: 10 } },
    handler: () => (_, ctx) => (ctx.attempt === 1 ? Promise.reject(new Error('busy')) : Promise.resolve()),
  },
  {
    what: 'parked behind a held event (its run comes later)',
    options: { ...own, onExhausted: 'hold' },
    handler: () => () => Promise.reject(new PermanentError('no')),
    before: [{ id: 'before' }],
  },
  {
    what: 'stopped while its source is paused (its run comes later)',
    options: own,
    isPaused: true,
  },
  {
    what: 'stopped while its source is paused, then let through and processed',
    options: own,
    isPaused: true,
    isResumed: true,
  },
  {
    what: 'failed for good at its first attempt',
    options: own,
    handler: () => () => Promise.reject(new PermanentError('no')),
  },
  {
    what: 'processed at the second attempt, an hour later (beside the look of the sweeper)',
    options: own,
    handler: () => (_, ctx) => (ctx.attempt === 1 ? Promise.reject(new RetryAfter(3600)) : Promise.resolve()),
    again: 3600,
  },
  {
    what: 'redelivery of a failed event, processed',
    options: own,
    handler: () => {
      let runs = 0;
      return () => (++runs === 1 ? Promise.reject(new PermanentError('no')) : Promise.resolve());
    },
    before: [{ id: 'metered' }],
    metered: { id: 'metered' },
  },
  {
    what: '`WaitFor`: parked, then processed; with the work of the event that it waited for',
    options: { ...own, type: 'type' },
    handler: () => {
      let runs = 0;
      return ({ type }) =>
        type === 'paid' && ++runs === 1 ? Promise.reject(new WaitFor(['created'])) : Promise.resolve();
    },
    metered: { type: 'paid' },
    after: { id: 'after', type: 'created' },
  },
  {
    what: 'duplicate of a processed event',
    options: own,
    before: [{ id: 'metered' }],
    metered: { id: 'metered' },
  },
];

/** Each case through the functions' own code, from the request to the settled entry, on a database that counts capacity. */
export async function measureCosts(database: TestDatabase): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const each of cases) measured.push({ what: each.what, ...(await measure(each, database)) });
  return measured;
}

/** What each instance of the processor asks once in five seconds in which it takes events. */
export async function measureGates(database: TestDatabase): Promise<Consumption> {
  const meter = new Meter();
  const client = meter.client(database.endpoint);
  await readGates({
    dynamodb: DynamoDBDocumentClient.from(client),
    stateTable: await database.table('state'),
  });
  client.destroy();
  return meter.take();
}

async function measure(each: Case, database: TestDatabase): Promise<Consumption> {
  const { options = {}, before = [], metered = {}, subscribers = [] } = each;
  const meter = new Meter();
  const client = meter.client(database.endpoint);
  const dynamodb = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const ordersTable = await database.table('orders');
  const handler: Handler = each.handler?.(ordersTable) ?? (() => Promise.resolve({ ok: true }));
  const named = <T>(one: T) => Object.fromEntries(subscribers.map((name) => [name, one]));
  const acme = source({ verify: none(), id: 'id', ...options });
  const world = await startWorld(database, {
    sources: withSubscribers({
      sources: { acme: source({ verify: none(), id: 'id', ...options }) },
      subscribers: { acme: named({}) },
    }),
    handlers: { 'acme/*': subscribers.length > 0 ? named(handler) : handler },
    between: () => dynamodb,
  });
  meterQueue(world, meter);
  const lambda: Pick<Context, 'getRemainingTimeInMillis'> = { getRemainingTimeInMillis: () => 30_000 };
  Object.assign(world.deps, {
    once: (...[event, replay]: Parameters<World['deps']['once']>) =>
      onceFor(event, replay, {
        dynamodb: client,
        stateTable: world.stateTable,
        sources: {},
        lambda: lambda as Context,
      }),
  });
  const deps = ingestDeps(world, dynamodb);
  // What is known of them is read once for many events, and is metered by itself.
  const nothing: Gates = new Map();
  const know = (gates: Gates) => Object.assign(world.deps, { gates: () => Promise.resolve(gates) });
  know(nothing);

  for (const body of before) {
    await ingest(requestOf(body), deps);
    await world.run();
  }
  if (each.isInLine === true) {
    const Item = { pk: 'RATE#acme', sk: 'LINE', free: world.now().getTime() + 2000 };
    await dynamodb.send(new PutCommand({ TableName: world.stateTable, Item }));
  }
  if (each.isPaused === true) {
    await pause({ source: 'acme', actor: 'ada', reason: 'the shop moves' }, world.deps);
    know(await readGates(world.deps));
  }
  let slot: Slot | undefined;
  if (each.isBehindSlot === true) {
    // Of another instance, which leaves it once the event has stopped.
    const other = { event: 'acme#other', leaseUntil: world.now(), isProbe: false } as const;
    slot = await takeSlot({ name: 'acme', atOnce: 1 }, other, world.now(), world.deps);
  }
  meter.take();
  const answered = await ingest(requestOf({ id: 'metered', ...metered }), deps);
  if (answered.status > 299) throw new Error(`${each.what}: answered ${answered.status}`);
  await world.run();
  if (each.isResumed === true) {
    know(nothing);
    await letThrough(world);
  }
  if (slot) {
    await leaveSlot({ sourceName: 'acme', source: acme }, slot, world.deps);
    await world.run();
  }
  if (each.again !== undefined) {
    world.passSeconds(each.again);
    const lane = 'acme#customer-1';
    await world.deps.send({ event: 'acme#metered', generation: 0, lane, purpose: 'sweep:1' });
  }
  if (each.after) await ingest(requestOf(each.after), deps);
  await world.run();
  client.destroy();
  return meter.take();
}

/** The sweeper's look behind the gate of the one lane. */
async function letThrough({ deps, ledgerTable, now }: World): Promise<void> {
  const run: SweepRun = {
    ...deps,
    ledgerTable,
    visibilityTimeoutSeconds: 40,
    deadLetterUrl: 'dead.fifo',
    deadline: now(),
    inTurn: (_, work) => work(),
    standsInLine: () => false,
    failed: (about, error) => {
      throw new Error(`${about} could not be checked`, { cause: error });
    },
    count: () => undefined,
  };
  const { due } = stoppedAttributes('acme#customer-1', now());
  await sweepPartition(due, 'gate', run, { lanes: 1 });
}

/** A message costs a receive and a delete beside its send; where it comes back, a change of its visibility instead of the delete. */
function meterQueue(world: World, meter: Meter): void {
  const { engine, deps, letterDeps } = world;
  const { send, sendAll, sendLetter, sqs } = deps;
  const metered = <A extends unknown[], R>(request: string, call: (...args: A) => R) => {
    return (...args: A): R => {
      meter.count(request);
      return call(...args);
    };
  };
  const visibility = {
    sqs: {
      send: metered('ChangeVisibility', (command: Parameters<typeof sqs.send>[0]) => sqs.send(command)),
    },
  };
  Object.assign(deps, {
    send: metered('Send', send),
    sendAll: metered('Send', sendAll),
    sendLetter: metered('Send', sendLetter),
    ...visibility,
  });
  Object.assign(letterDeps, visibility);
  const receive = engine.receive.bind(engine);
  engine.receive = (...args) => {
    const messages = receive(...args);
    if (messages.length > 0) meter.count('Receive');
    return messages;
  };
  engine.delete = metered('Delete', engine.delete.bind(engine));
}

function ingestDeps({ deps, now }: World, dynamodb: DynamoDBDocumentClient): IngestDeps {
  return {
    ...deps,
    sendAll: async (messages) => {
      for (const message of messages) await deps.send(message);
    },
    secrets: secretReader({ fetch: () => Promise.resolve([]), now }),
    keepSecret: () => Promise.resolve('refused'),
    callBack: () => Promise.resolve(),
    countRequest: rateLimiter(dynamodb, deps.stateTable),
    rejections: rejectionLog(deps),
  };
}

/** About 1 KB of JSON, as many senders' events are; a third of that compressed. */
function requestOf(fields: Body) {
  const lines = Array.from({ length: 6 }, (_, i) => ({
    sku: `article-${i}`,
    description: 'a thing that somebody has bought',
    quantity: i + 1,
    price: { amount: 1999 + i, currency: 'EUR' },
  }));
  const body = { customer: 'customer-1', type: 'invoice.paid', ...fields, total: 12_345, lines };
  return {
    method: 'POST',
    path: '/webhooks/acme',
    rawQuery: '',
    sourceName: 'acme',
    headers: { 'content-type': 'application/json', 'user-agent': 'acme-webhooks/2.1' },
    body: Buffer.from(JSON.stringify(body)),
    sourceIp: '203.0.113.7',
    requestId: randomUUID(),
  };
}
