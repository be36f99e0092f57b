import { none, source, type SourceOptions } from 'hooklane';
import { expect, it } from 'vitest';
import { answer } from '../../../functions/ingest/answer.ts';
import { toHttpAnswer } from '../../../functions/ingest/http-answer.ts';
import type { Outcome, TakenEvent } from '../../../functions/ingest/outcome.ts';
import { problems } from '../../../functions/ingest/problem.ts';
import type { Answer } from '../../../functions/api/answer.ts';
import { recordingLog } from '../../support/recording-log.ts';

const { log, lines } = recordingLog();
const context = { correlationId: 'c-1', processingTimeMs: 7, log };

const taken = (events: readonly TakenEvent[], options: Partial<SourceOptions> = {}): Outcome => ({
  kind: 'taken',
  sourceName: 'acme',
  source: source({ verify: none(), id: 'id', ...options }),
  events,
  body: { id: 'e1' },
  headers: {},
});
const accepted: TakenEvent = { status: 'accepted', eventId: 'e1', lane: 'acme#c1' };
const pending: TakenEvent = { ...accepted, status: 'duplicate', state: 'pending' };
const processed: TakenEvent = {
  ...accepted,
  status: 'duplicate',
  state: 'processed',
  result: { order: 7 },
};

it('answers a new event with 202', () => {
  expect(answer(taken([accepted]), context)).toEqual({
    status: 202,
    headers: { 'x-correlation-id': 'c-1' },
    body: {
      status: 'accepted',
      source: 'acme',
      eventId: 'e1',
      lane: 'acme#c1',
      correlationId: 'c-1',
      processingTimeMs: 7,
    },
  });
});

it.each([200, 409] as const)('answers a duplicate with %i where the source says so', (status) => {
  const answered = answer(taken([processed], { duplicates: { status } }), context);

  expect(answered.status).toBe(status);
  expect(answered.body).toMatchObject({
    status: 'duplicate',
    state: 'processed',
    cached: true,
    result: { order: 7 },
  });
});

it('refuses without a body where the source says so, with the same status and the other headers', () => {
  const limit = { limit: 5, windowSeconds: 60, retryAfterSeconds: 7 };
  const refused: Outcome = { kind: 'refused', cause: 'rate-limited', limit };

  expect(answer(refused, { ...context, emptyRefusals: true })).toEqual({
    status: 429,
    headers: { 'x-correlation-id': 'c-1', 'retry-after': '7' },
  });
  expect(answer(refused, context).body).toMatchObject({ cause: 'rate-limited' });
});

it('says of a duplicate that is not at its end only its state', () => {
  const answered = answer(taken([pending]), context);

  expect(answered.body).toMatchObject({ status: 'duplicate', state: 'pending' });
  expect(answered.body).not.toHaveProperty('cached');
});

it('answers several events with 202 and an outcome each, in their order', () => {
  const answered = answer(taken([processed, accepted], { duplicates: { status: 409 } }), context);

  expect(answered.status).toBe(202);
  expect(answered.body).toMatchObject({
    events: [{ status: 'duplicate', cached: true }, { status: 'accepted' }],
  });
});

it('answers a thousand duplicates with large results in what Lambda can answer: 6 MB of JSON in JSON', () => {
  const large = { ...processed, eventId: '"'.repeat(512), lane: `acme#${'"'.repeat(512)}` };
  const events = Array<TakenEvent>(1000).fill({ ...large, result: { text: '"'.repeat(2000) } });

  const sent = JSON.stringify(toHttpAnswer(answer(taken(events), context)));

  expect(Buffer.byteLength(sent)).toBeLessThan(6_000_000);
  expect(sent).toContain('processed');
});

it("gives the source's own answer, with the correlation id all the same", () => {
  const respond = () => ({ status: 200, headers: { 'x-own': '1' }, body: '[accepted]' });

  expect(answer(taken([accepted], { respond }), context)).toEqual({
    status: 200,
    headers: { 'x-own': '1', 'x-correlation-id': 'c-1' },
    body: '[accepted]',
  });
});

it('gives the standard answer where the own one throws: the event is taken', () => {
  const respond = () => {
    throw new Error('mistake');
  };

  expect(answer(taken([accepted], { respond }), context).status).toBe(202);
  expect(lines.at(-1)).toMatchObject({ level: 'error' });
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['a promise', Promise.resolve({ status: 200 })],
  ['no status', { body: 'ok' }],
  ['what is no status', { status: '200' }],
  ['a status that HTTP does not have', { status: 99 }],
  ['what JSON cannot hold', { status: 200, body: { id: 2n } }],
])('gives the standard answer where the own one is %s: the event is taken', (_, own) => {
  // A configuration may be written in JavaScript.
  const respond = () => own as Answer;

  const answered = answer(taken([accepted], { respond }), context);

  expect(answered.status).toBe(202);
  expect(JSON.stringify(answered)).toContain('accepted');
  expect(lines.at(-1)).toMatchObject({ level: 'error' });
});

it('names limit, window and time of a rate limit', () => {
  const limit = { limit: 1000, windowSeconds: 60, retryAfterSeconds: 12 };

  const answered = answer({ kind: 'refused', cause: 'rate-limited', limit }, context);

  expect(answered).toMatchObject({
    status: 429,
    headers: { 'retry-after': '12' },
    body: { cause: 'rate-limited', retry_after: 12, limit: 1000, window: 60 },
  });
});

it.each([
  'no-secret',
  'missing-signature',
  'malformed-signature',
  'wrong-signature',
  'timestamp-expired',
  'timestamp-in-future',
] as const)('gives the same answer to %s as to any signature', (cause) => {
  const answered = answer({ kind: 'refused', cause }, context);

  expect(answered).toEqual({
    status: 401,
    headers: { 'content-type': 'application/problem+json', 'x-correlation-id': 'c-1' },
    body: {
      type: 'urn:hooklane:problem:signature-refused',
      title: 'Not verified',
      status: 401,
      detail: problems['signature-refused'].detail,
      cause: 'signature-refused',
      correlationId: 'c-1',
    },
  });
});

it.each(['ledger', 'queue', 'secrets', 'keys', 'sender', 'failure'] as const)(
  'G1: tells the sender to come again where %s stands in the way',
  (because) => {
    const answered = answer({ kind: 'unavailable', because }, context);

    expect(answered.status).toBe(because === 'failure' ? 500 : 503);
    expect(answered.headers).toMatchObject({ 'retry-after': '5' });
  },
);

it('tells which method is taken', () => {
  const answered = answer({ kind: 'refused', cause: 'method-not-allowed' }, context);

  expect(answered).toMatchObject({ status: 405, headers: { allow: 'POST' } });
});
