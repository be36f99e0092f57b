import { none, source } from 'hooklane';
import { expect, it } from 'vitest';
import { countsOf } from '../../../functions/ingest/metrics.ts';
import type { TakenEvent } from '../../../functions/ingest/outcome.ts';

const event = (status: TakenEvent['status']): TakenEvent => ({ status, eventId: 'e', lane: 'acme#e' });
const taken = (...events: readonly TakenEvent[]) =>
  ({
    kind: 'taken',
    sourceName: 'acme',
    source: source({ verify: none(), id: 'id' }),
    events,
    body: {},
    headers: {},
  }) as const;

it('counts the events of a body: new and reopened ones as accepted, copies as duplicates', () => {
  const counts = countsOf(taken(event('accepted'), event('duplicate'), event('reopened')), 7);

  expect(counts).toEqual({ Accepted: 2, Duplicates: 1, AcknowledgedMs: 7, SignatureBalance: -1 });
});

it.each([
  ['wrong-signature', { Refused401: 1, SignatureBalance: 1 }],
  ['rate-limited', { Refused429: 1 }],
  ['unknown-source', { Refused404: 1 }],
] as const)('counts a refusal for %s as %o', (cause, counts) => {
  expect(countsOf({ kind: 'refused', cause }, 1)).toEqual(counts);
});

it('counts what is answered 503', () => {
  expect(countsOf({ kind: 'unavailable', because: 'queue' }, 1)).toEqual({ Unavailable: 1 });
});
