import { expect, it } from 'vitest';
import * as z from 'zod';
import type { ConfigInput } from '../../../functions/config/config.ts';
import { defineConfig } from '../../../functions/config/define-config.ts';
import { source } from '../../../functions/sources/define-source.ts';
import type { SourceOptions } from '../../../functions/sources/source.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
import { none } from '../../../functions/signatures/none.ts';

const mistakesOf = (input: ConfigInput): string[] =>
  defineConfig(input).mistakes.map(({ path, message }) => `${path}: ${message}`);

/** What a configuration written in JavaScript may hold. */
function acme(options: Record<string, unknown>): ConfigInput {
  const base: SourceOptions = { verify: none(), id: 'id' };
  return { sources: { acme: { ...source(base), ...options } } };
}

it('fills in what a source leaves open', () => {
  expect(source({ verify: none(), id: 'id' })).toMatchObject({
    bodyFormats: ['json'],
    execution: 'at-least-once',
    retry: { attempts: 5, delaysSeconds: [5, 10, 30, 60, 120] },
    onExhausted: 'continue',
    duplicates: { status: 200 },
    maxBodyBytes: 5_242_880,
    methods: ['POST'],
    retentionDays: 90,
  });
});

it.each<[Record<string, unknown>, string]>([
  [{ verify: undefined }, 'sources.acme.verify: is missing'],
  [{ verify: {} }, 'sources.acme.verify: must be a verifier, such as bearer(), hmac(…) or none()'],
  [{ atMost: { atOnce: 0 } }, 'sources.acme.atMost.atOnce: must be a whole number from 1 to 100'],
  [{ when: 'paid' }, 'sources.acme.when: must be a function'],
  [{ id: undefined }, 'sources.acme.id: is missing'],
  [{ id: '' }, 'sources.acme.id: must be a path into the body, header:Name, or a function'],
  [{ id: 'header:' }, 'sources.acme.id: must be a path into the body, header:Name, or a function'],
  [{ type: 5 }, 'sources.acme.type: must be a path into the body, header:Name, or a function'],
  [{ schema: {} }, 'sources.acme.schema: must be a zod schema'],
  [{ lanes: 'x' }, 'sources.acme.lanes: is no option'],
  [{ isolated: true }, 'sources.acme.isolated: is no option'],
  [{ execution: 'exactly-once' }, 'sources.acme.execution: must be "at-least-once" or "at-most-once"'],
  [
    { retry: { attempts: 0, delaysSeconds: [5] } },
    'sources.acme.retry.attempts: must be a whole number from 1 to 900',
  ],
  [
    { retry: { attempts: 1.5, backoff: { baseSeconds: 1, maxSeconds: 2 } } },
    'sources.acme.retry.attempts: must be a whole number from 1 to 900',
  ],
  [
    { retry: { attempts: 3, delaysSeconds: [] } },
    'sources.acme.retry.delaysSeconds: must hold at least one delay; the last one is repeated',
  ],
  [
    { retry: { attempts: 3, delaysSeconds: [5, 43_201] } },
    'sources.acme.retry.delaysSeconds.1: must be a whole number from 1 to 43200',
  ],
  [
    { retry: { attempts: 3, backoff: { baseSeconds: 10, maxSeconds: 5 } } },
    'sources.acme.retry.backoff.maxSeconds: must be at least baseSeconds',
  ],
  [{ retry: { attempts: 3 } }, 'sources.acme.retry: must have either delaysSeconds or backoff'],
  [{ onExhausted: 'stop' }, 'sources.acme.onExhausted: must be "continue" or "hold"'],
  [{ holdForSeconds: 60 }, "sources.acme.holdForSeconds: needs onExhausted: 'hold'"],
  [
    { onExhausted: 'hold', holdForSeconds: 7 * 86_400, retentionDays: 7 },
    'sources.acme.holdForSeconds: must be shorter than retentionDays (7): it can last longer than the body is kept',
  ],
  [
    { retry: { attempts: 900, delaysSeconds: [43_200] } },
    'sources.acme.retry: must be shorter than retentionDays (90): its delays can last longer than the body is kept',
  ],
  [
    { retry: { attempts: 20, backoff: { baseSeconds: 21_600, maxSeconds: 43_200 } }, retentionDays: 7 },
    'sources.acme.retry: must be shorter than retentionDays (7): its delays can last longer than the body is kept',
  ],
  [
    { lane: 'entity', order: { sequence: 'n', gapTimeoutSeconds: 30 * 86_400 }, retentionDays: 7 },
    'sources.acme.order.gapTimeoutSeconds: must be shorter than retentionDays (7): it can last longer than the body is kept',
  ],
  [{ atMost: { perSecond: 0 } }, 'sources.acme.atMost.perSecond: must be a whole number from 1 to 500'],
  [{ atMost: { perSecond: -5 } }, 'sources.acme.atMost.perSecond: must be a whole number from 1 to 500'],
  [{ atMost: { perSecond: 501 } }, 'sources.acme.atMost.perSecond: must be a whole number from 1 to 500'],
  [{ atMost: {} }, 'sources.acme.atMost: must have perSecond or atOnce'],
  [{ atMost: { perSecond: 5, perMinute: 5 } }, 'sources.acme.atMost.perMinute: is no option'],
  [{ breaker: { failures: 0 } }, 'sources.acme.breaker.failures: must be a whole number from 1 to 10000'],
  [
    { breaker: { failures: 3, probeSeconds: 0 } },
    'sources.acme.breaker.probeSeconds: must be a whole number from 1 to 3600',
  ],
  [
    { breaker: { failures: 3 }, execution: 'at-most-once' },
    'sources.acme.breaker: needs attempts that are retried: at-most-once has one, which a probe would use up',
  ],
  [{ duplicates: { status: 204 } }, 'sources.acme.duplicates.status: must be 200 or 409'],
  [
    { rateLimit: { perMinute: 0, per: 'ip' } },
    'sources.acme.rateLimit.perMinute: must be a whole number from 1 to 1000000',
  ],
  [{ rateLimit: { perMinute: 5, per: 'host' } }, 'sources.acme.rateLimit.per: must be "ip" or "source"'],
  [{ maxBodyBytes: 6 * 1024 * 1024 }, 'sources.acme.maxBodyBytes: must be a whole number from 1 to 5242880'],
  [{ retentionDays: 6 }, 'sources.acme.retentionDays: must be a whole number from 7 to 3650'],
  [
    { publicUrl: 'hooks.example.com' },
    'sources.acme.publicUrl: must be a full address, such as https://hooks.example.com/webhooks/acme',
  ],
  [{ respond: {} }, 'sources.acme.respond: must be a function'],
  [{ secrets: 'other' }, 'sources.acme.secrets: there is no source "other"'],
  [
    { methods: ['OPTIONS'] },
    'sources.acme.methods.0: must be "DELETE" or "GET" or "PATCH" or "POST" or "PUT"',
  ],
  [{ methods: [] }, 'sources.acme.methods: must name at least one method'],
  [{ idOtherwise: '' }, 'sources.acme.idOtherwise: must be a path into the body, header:Name, or a function'],
  [
    { bodyFormats: ['yaml'] },
    'sources.acme.bodyFormats.0: must be json, json-as-text, ndjson, xml, empty, form or form:<field>',
  ],
  [{ split: '' }, 'sources.acme.split: must be a path to an array or a function'],
  [
    { order: { version: 'v' } },
    'sources.acme.order: needs a lane: an order is among the events of one entity',
  ],
  [{ lane: 'l', order: {} }, 'sources.acme.order: must have sequence, version or after'],
  [{ lane: 'l', order: { version: 'v', start: 1 } }, 'sources.acme.order.start: needs sequence'],
  [
    { lane: 'l', order: { version: 'v', gapTimeoutSeconds: 5 } },
    'sources.acme.order.gapTimeoutSeconds: needs sequence or after',
  ],
  [{ lane: 'l', order: { version: 'v', onGap: 'run' } }, 'sources.acme.order.onGap: needs sequence or after'],
  [{ lane: 'l', order: { sequence: 'n', start: 2 } }, 'sources.acme.order.start: must be 1 or "first-seen"'],
  [
    { lane: 'l', order: { after: { paid: [] } } },
    'sources.acme.order.after.paid: must name at least one type',
  ],
  [{ lane: 'l', order: { after: { paid: ['paid'] } } }, 'sources.acme.order.after.paid: waits for itself'],
])('finds the mistake in %o', (options, mistake) => {
  expect(mistakesOf(acme(options))).toEqual([mistake]);
});

it('finds types that wait for each other', () => {
  const after = { c: ['b'], b: ['a'], a: ['c', 'd'], e: ['a'] };

  expect(mistakesOf(acme({ lane: 'l', order: { after } }))).toEqual([
    'sources.acme.order.after.c: waits for itself',
    'sources.acme.order.after.b: waits for itself',
    'sources.acme.order.after.a: waits for itself',
  ]);
});

it('lists all mistakes of all sources at once', () => {
  const input = {
    sources: {
      Acme: source({ verify: none(), id: 'id' }),
      signed: source({
        verify: hmac({ algorithm: 'sha256', header: 'x-s', encoding: 'hex', signed: '{url}{bod}' }),
        id: 'id',
        retentionDays: 1,
      }),
      square: source({
        verify: hmac({ algorithm: 'sha256', header: 'x-s', encoding: 'hex', signed: '{url}{body}' }),
        id: 'id',
      }),
    },
    processor: { timeoutSeconds: 2, maxConcurrency: 1 },
    colour: 'red',
  };

  expect(mistakesOf(input as unknown as ConfigInput)).toEqual([
    'colour: is no option',
    'sources.Acme: a source is named with lower-case letters, digits and dashes, at most 63',
    'sources.signed.retentionDays: must be a whole number from 7 to 3650',
    'sources.signed.verify: the signed template has an unknown placeholder {bod}',
    'sources.signed.publicUrl: is needed: the sender signs the address',
    'sources.square.publicUrl: is needed: the sender signs the address',
    'processor.timeoutSeconds: must be a whole number from 3 to 900',
    'processor.maxConcurrency: must be a whole number from 2 to 1000',
  ]);
});

it('reports a verifier that can never be right', () => {
  const verify = hmac({ algorithm: 'sha256', header: 'x-s', encoding: 'hex', signed: '{bod}' });

  expect(mistakesOf(acme({ verify }))).toEqual([
    'sources.acme.verify: the signed template has an unknown placeholder {bod}',
  ]);
});

it.each([
  undefined,
  null,
  5,
  [],
  { sources: [] },
  { sources: { a: null }, tables: [null], functions: { a: null } },
])('answers %j with mistakes, not with an exception of another kind', (junk) => {
  expect(mistakesOf(junk as unknown as ConfigInput)).not.toEqual([]);
});

it('takes a schema with its own type', () => {
  const schema = z.object({ id: z.string() });

  expect(mistakesOf(acme({ schema }))).toEqual([]);
});

it('lists the mistakes of tables and functions', () => {
  const input = {
    sources: {},
    tables: {
      'paid-orders': { partitionKey: 'pk' },
      Ledger: { partitionKey: 'pk' },
      state: { partitionKey: '' },
      other: { partitionKey: 'pk', sort: 'sk' },
    },
    functions: {
      desk: { entry: './desk.ts', routes: ['GET /orders', 'orders', 'GET /ops/x'], tables: ['orders'] },
      twin: { entry: '', routes: ['GET /orders'], memoryMb: 1 },
      ingest: { entry: './ingest.ts' },
    },
  };

  expect(mistakesOf(input as unknown as ConfigInput)).toEqual([
    'tables.Ledger: a table is named with lower-case letters, digits and dashes, at most 40',
    'tables.state: is the name of a table of Hooklane itself',
    'tables.state.partitionKey: must be the name of an attribute',
    'tables.other.sort: is no option',
    'functions.desk.tables.0: there is no table "orders"',
    "functions.desk.routes.2: /ops is Hooklane's own",
    'functions.desk.routes.1: must be as GET /orders/{id}',
    'functions.twin.routes.0: is a route of "desk" too',
    'functions.twin.entry: must be a file',
    'functions.twin.memoryMb: must be a whole number from 128 to 10240',
    'functions.ingest: is the name of a function of Hooklane itself',
  ]);
});
