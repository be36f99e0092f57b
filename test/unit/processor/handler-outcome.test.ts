import { PermanentError, RetryAfter, WaitFor } from 'hooklane';
import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/processor/handler-outcome.ts';
import type { AttemptRules } from '../../../functions/processor/received-event.ts';

const rules: AttemptRules = {
  execution: 'at-least-once',
  retry: { attempts: 3, delaysSeconds: [5, 10] },
};
const half = () => 0.5;
const returned = (result: unknown) =>
  conclude(
    { kind: 'returned', result: result as Record<string, unknown>, effects: [] },
    1,
    rules,
    half,
    true,
  );
const threw = (error: unknown, attempt = 1, more: Partial<AttemptRules> = {}, mayWait = true) =>
  conclude({ kind: 'threw', error }, attempt, { ...rules, ...more }, half, mayWait);

describe('a handler that returned', () => {
  it.each([
    ['nothing', undefined, undefined],
    ['a result', { total: 3 }, { total: 3 }],
    ['what JSON makes of it', { at: new Date(0), gone: undefined }, { at: '1970-01-01T00:00:00.000Z' }],
    ['an ignored that is no reason', { ignored: true }, { ignored: true }],
  ])('%s: is processed with that', (_, result, kept) => {
    expect(returned(result)).toEqual({ state: 'processed', result: kept });
  });

  it('4 KB: keeps them; one byte more, counted as UTF-8: keeps how many there were', () => {
    const overhead = JSON.stringify({ t: '' }).length;

    expect(returned({ t: 'é'.repeat((4096 - overhead) / 2) })).toMatchObject({ result: { t: /^é+$/u } });
    expect(returned({ t: 'x'.repeat(4097 - overhead) })).toMatchObject({ result: { omitted: '4097 bytes' } });
  });

  it.each([
    ['a BigInt', { n: 1n }],
    [
      'a circle',
      (() => {
        const circle: Record<string, unknown> = {};
        circle.self = circle;
        return circle;
      })(),
    ],
    [
      'a getter that throws',
      {
        get boom() {
          throw new Error('boom');
        },
      },
    ],
  ])('%s: is processed all the same: the effects have happened', (_, result) => {
    expect(returned(result)).toEqual({ state: 'processed', result: { omitted: 'not JSON' } });
  });

  it('a reason to ignore: is ignored', () => {
    expect(returned({ ignored: 'old' })).toEqual({ state: 'ignored', reason: 'old' });
  });

  it('a reason without end: keeps the first thousand characters', () => {
    expect(returned({ ignored: 'x'.repeat(5000) })).toMatchObject({ reason: 'x'.repeat(1000) });
  });
});

describe('a handler that threw', () => {
  it.each([
    [1, { state: 'retrying', afterSeconds: 5 }],
    [2, { state: 'retrying', afterSeconds: 10 }],
    [3, { state: 'failed', cause: 'attempts-exhausted' }],
    [4, { state: 'failed', cause: 'attempts-exhausted' }],
  ])('in attempt %i of 3: %o', (attempt, verdict) => {
    expect(threw(new Error('no'), attempt)).toMatchObject(verdict);
  });

  it('PermanentError: fails at once', () => {
    expect(threw(new PermanentError('gone'))).toEqual({
      state: 'failed',
      cause: 'permanent-error',
      error: { name: 'PermanentError', message: 'gone' },
    });
  });

  it('RetryAfter: comes back then, and counts as an attempt', () => {
    expect(threw(new RetryAfter(90))).toMatchObject({ state: 'retrying', afterSeconds: 90 });
    expect(threw(new RetryAfter(90), 3)).toMatchObject({ state: 'failed', cause: 'attempts-exhausted' });
  });

  it('WaitFor: waits, in the last attempt and at most once too, since it has done nothing', () => {
    const error = new WaitFor(['created', 'checked'], { timeoutSeconds: 300 });
    const wait = { state: 'waiting', needs: ['created', 'checked'], timeoutSeconds: 300 };

    expect(threw(error)).toEqual(wait);
    expect(threw(error, 3)).toEqual(wait);
    expect(threw(error, 1, { execution: 'at-most-once' })).toEqual(wait);
    expect(threw(new WaitFor(['created']))).toEqual({
      ...wait,
      needs: ['created'],
      timeoutSeconds: undefined,
    });
  });

  it('WaitFor after its time: is a failure like any other', () => {
    const error = new WaitFor(['created']);

    expect(threw(error, 1, {}, false)).toEqual({
      state: 'retrying',
      afterSeconds: 5,
      error: { name: 'WaitFor', message: 'waits for created' },
    });
    expect(threw(error, 3, {}, false)).toMatchObject({ state: 'failed', cause: 'attempts-exhausted' });
    expect(threw(error, 1, { execution: 'at-most-once' }, false)).toMatchObject({ cause: 'at-most-once' });
  });

  it('WaitFor for types without end: waits for the first hundred, which an item holds', () => {
    const types = Array.from({ length: 5000 }, (_, n) => `type-${n}`);

    expect(threw(new WaitFor(types))).toMatchObject({ state: 'waiting', needs: types.slice(0, 100) });
  });

  it.each([[new Error('no')], [new RetryAfter(1)]])('at most once: fails at once (%s)', (error) => {
    expect(threw(error, 1, { execution: 'at-most-once' })).toMatchObject({
      state: 'failed',
      cause: 'at-most-once',
    });
  });

  it.each([
    ['a text', 'no', { name: 'Error', message: 'no' }],
    ['nothing', undefined, { name: 'Error', message: 'undefined' }],
    ['an object without a prototype', Object.create(null), { name: 'Error', message: 'no text' }],
    ['a symbol', Symbol('s'), { name: 'Error', message: 'Symbol(s)' }],
    ['a subclass', new RangeError('far'), { name: 'RangeError', message: 'far' }],
    ['a book', new Error('x'.repeat(5000)), { name: 'Error', message: 'x'.repeat(1000) }],
  ])('%s: is recorded as what it says', (_, error: unknown, recorded) => {
    expect(threw(error)).toMatchObject({ error: recorded });
  });
});

it('ignores an event that has no handler', () => {
  expect(conclude({ kind: 'left-out', reason: 'no handler' }, 1, rules, half, true)).toEqual({
    state: 'ignored',
    reason: 'no handler',
  });
});
