import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/ledger/entry.ts';
import { ledgerTable, stateTable } from '../composition.ts';
import { History, type Fact } from '../history.ts';
import { check } from './check.ts';

const event = 'a#e1';
const lane = 'a#lane';

const isoIn = (seconds: number) => new Date(seconds * 1000).toISOString();

function written(seconds: number, actor: string, pk: string, sk: string, after: object): Fact {
  const table = pk === event ? ledgerTable : stateTable;
  const item = { pk, sk, ...after };
  const commit = seconds;
  return {
    kind: 'written',
    at: seconds * 1000,
    actor,
    table,
    pk,
    sk,
    before: undefined,
    after: item,
    commit,
  };
}

const stored = (seconds: number): Fact =>
  written(seconds, 'ingest/1', event, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(seconds) });

function entry(seconds: number, number: number, fields: Pick<Entry, 'state'> & object): Fact {
  const common = { number, at: isoIn(seconds), actor: 'processor/1', generation: 0, replay: 0, attempt: 1 };
  const item = { ...common, nonce: 'n', ...fields };
  return written(seconds, 'processor/1', event, `LOG#00000${number}`, item);
}

const processing = (seconds: number, number: number, leaseUntil: number): Fact =>
  entry(seconds, number, {
    state: 'processing',
    ...{ leaseUntil: isoIn(leaseUntil), worker: 'processor/1', ...(number === 1 ? { lane } : {}) },
  });

const failed = (seconds: number, number: number): Fact =>
  entry(seconds, number, {
    state: 'failed',
    ...{ cause: 'at-most-once', ...(number === 1 ? { lane } : {}) },
  });

const began = (seconds: number, actor: string): Fact => ({
  kind: 'began',
  at: seconds * 1000,
  actor,
  skewMs: 0,
  policies: {},
});

function kindsOf(facts: readonly Fact[]): readonly string[] {
  const history = new History();
  for (const fact of facts) history.add(fact);
  const { violations } = check(history, [], { skewMs: 0, searched: undefined });
  return violations.map(({ what }) => what);
}

describe('the checker, about what the sweeper sends', () => {
  const sentBy = (seconds: number, actor: string): Fact => ({
    kind: 'sent',
    at: seconds * 1000,
    queue: 'lanes',
    messageId: `m${seconds}`,
    content: { kind: 'lane', event, generation: 0 },
    event,
    actor,
    isNew: true,
  });
  const twice = 'an event was sent more than once in an hour';

  it('sees an event sent twice in one place of its life', () => {
    const kinds = kindsOf([
      stored(0),
      processing(200, 1, 205),
      sentBy(240, 'sweeper/1'),
      sentBy(245, 'sweeper/2'),
    ]);

    expect(kinds).toContain(twice);
  });

  it('takes what a frozen sweeper sends for sent in the place of its life that it had seen', () => {
    const kinds = kindsOf([
      stored(0),
      { kind: 'paused', at: 190_000, actor: 'sweeper/1', until: 239_000 },
      processing(200, 1, 205),
      sentBy(240, 'sweeper/1'),
      sentBy(245, 'sweeper/2'),
    ]);

    expect(kinds).not.toContain(twice);
  });
});

describe('the checker, about what operators are told', () => {
  const refused = (seconds: number, actor: string): readonly Fact[] => [
    { kind: 'operator', at: seconds * 1000, action: 'redrive', target: event, outcome: 'refused', actor },
  ];
  const unheard = 'an operator was refused what the state of the event allows';

  it('sees a redrive refused of a failed event whose body is there', () => {
    const kinds = kindsOf([stored(0), failed(1, 1), began(2, 'operator/1'), ...refused(3, 'operator/1')]);

    expect(kinds).toContain(unheard);
  });

  it('lets a redrive be refused before the body of the event was stored', () => {
    const kinds = kindsOf([failed(1, 1), began(2, 'operator/1'), ...refused(3, 'operator/1'), stored(4)]);

    expect(kinds).not.toContain(unheard);
  });
});

describe('the checker, about letters', () => {
  const content = { kind: 'letter', event, entry: 2, copy: 'by-hand' } as const;
  const met = (seconds: number): Fact => ({
    kind: 'received',
    at: seconds * 1000,
    queue: 'feeder',
    actor: `dead-letter/${seconds}`,
    messageId: 'm1',
    receiveCount: 1,
    content,
    event,
  });
  const noted = (seconds: number): Fact =>
    written(seconds, `dead-letter/${seconds}`, event, 'LETTER#000002', {
      what: 'dead-lettered',
      actor: `dead-letter/${seconds}`,
      at: isoIn(seconds),
      copy: content.copy,
      messageId: 'm1',
    });
  const later = began(600, 'nobody');
  const lost = 'a letter was noted and did not come to the dead-letter queue';

  it('sees a letter that was noted and went nowhere', () => {
    const kinds = kindsOf([stored(0), processing(1, 1, 30), failed(2, 2), met(20), noted(20), later]);

    expect(kinds).toContain(lost);
  });

  it('lets a letter be gone that named an entry before there was one', () => {
    const kinds = kindsOf([stored(0), processing(1, 1, 30), met(1), failed(2, 2), met(20), noted(20), later]);

    expect(kinds).not.toContain(lost);
  });
});
