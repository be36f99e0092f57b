import { describe, expect, it } from 'vitest';
import { laneGroup } from '../../../functions/lane/lane-group.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';
import { ledgerTable, stateTable } from '../composition.ts';
import { vandal } from '../damage.ts';
import { History, type Fact } from '../history.ts';
import { planOf } from '../plan-of.ts';
import type { Plan } from '../scenario.ts';
import { freshLane } from '../simulate.ts';
import { check } from './check.ts';

const event = 'a#e1';
const lane = 'a#lane';

const isoIn = (seconds: number) => new Date(seconds * 1000).toISOString();

function written(seconds: number, actor: string, pk: string, sk: string, after: object): Fact {
  const table = pk.startsWith('a#') ? ledgerTable : stateTable;
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

/** An entry of any event, and who wrote it. */
function entryOf(of: string, actor: string, seconds: number, number: number, fields: object): Fact {
  const common = { number, at: isoIn(seconds), actor, generation: 0, replay: 0, attempt: 1, nonce: 'n' };
  return written(seconds, actor, of, `LOG#00000${number}`, { ...common, ...fields });
}

const entry = (seconds: number, number: number, fields: Pick<Entry, 'state'> & object): Fact =>
  entryOf(event, 'processor/1', seconds, number, fields);

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

const receive = (seconds: number, of: string, actor: string): Fact => ({
  ...{ kind: 'received', at: seconds * 1000, queue: 'lanes', actor, messageId: `m-${of}`, receiveCount: 1 },
  ...{ content: { kind: 'lane', event: of, generation: 0 }, event: of },
});

const began = (seconds: number, actor: string): Fact => ({
  kind: 'began',
  at: seconds * 1000,
  actor,
  skewMs: 0,
  policies: planOf('1', 'plain').sources,
});

const sweeps = Array.from({ length: 20 }, (_, n): Fact => {
  const at = (n + 1) * 60_000;
  return { kind: 'swept', at, startedAt: at, actor: `sweeper/${n}` };
});

function kindsOf(facts: readonly Fact[], queues: Plan['queueLimits'] = {}): readonly string[] {
  const history = new History();
  for (const fact of facts) history.add(fact);
  const { violations } = check(history, [], { skewMs: 0, queues });
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

  it('takes what a run has sent that failed for written down nowhere', () => {
    const kinds = kindsOf([
      stored(0),
      processing(200, 1, 205),
      sentBy(240, 'sweeper/1'),
      { kind: 'sweep-failed', at: 241_000, actor: 'sweeper/1', by: 'Error' },
      sentBy(900, 'sweeper/2'),
    ]);

    expect(kinds).not.toContain(twice);
  });

  const turn = (seconds: number, sent: object | undefined): Fact =>
    written(seconds, 'sweeper/1', 'LANE#1', 'LANE', { lane, turn: event, waiting: 0, sent });

  it.each([
    ['of one behind', { entry: 0, upTo: isoIn(0) }, false],
    ['of another at the same entry', { entry: 1, upTo: isoIn(5) }, false],
    ['of the head', { entry: 1, upTo: isoIn(0) }, true],
  ])(
    'takes what follows a turn that the sweeper gave for no spare, unless the lane says it was sent: %s',
    (_whose, sent, isSpare) => {
      const facts = [
        stored(0),
        processing(200, 1, 205),
        turn(239, sent),
        sentBy(240, 'sweeper/1'),
        sentBy(480, 'sweeper/2'),
      ];

      expect(kindsOf(facts).includes(twice)).toBe(isSpare);
    },
  );

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

  it.each([
    ['before another one had sent it', 238_000, false],
    ['after that', 241_000, true],
  ])('lets a sweeper that was frozen %s send it as well', (_when, at, isSpare) => {
    const kinds = kindsOf([
      stored(0),
      processing(200, 1, 205),
      { kind: 'paused', at, actor: 'sweeper/2', until: 599_000 },
      sentBy(240, 'sweeper/1'),
      sentBy(600, 'sweeper/2'),
    ]);

    expect(kinds.includes(twice)).toBe(isSpare);
  });

  it('takes what is sent while the event goes on for sent in the place of its life that the sweeper had read', () => {
    const kinds = kindsOf([
      stored(0),
      processing(236, 1, 266),
      sentBy(240, 'sweeper/1'),
      sentBy(480, 'sweeper/2'),
    ]);

    expect(kinds).not.toContain(twice);
  });
});

describe('the checker, about what nobody sends', () => {
  const lost = 'an event was stored and not queued for five minutes';
  const other = (seconds: number, number: number, fields: object) =>
    entryOf('a#e2', 'processor/1', seconds, number, fields);

  it('sees an event that no sweep finds', () => {
    expect(kindsOf([stored(0), ...sweeps])).toContain(lost);
  });

  it('lets one be that a frozen process has stored in a minute that was swept before', () => {
    const late = { lane, expiresAt: 1e6, acceptedAt: isoIn(-200) };

    expect(kindsOf([written(0, 'ingest/1', event, 'EVENT', late), ...sweeps])).not.toContain(lost);
  });

  it.each([
    ['at the look after that had come to rest, with one between them that had begun', true, 900, false],
    ['later, with one between them that had begun', true, 1100, true],
    ['at that look, with none between them', false, 900, true],
  ])(
    'asks for what is lost behind another lost one that has stood for long: %s',
    (_when, isBetween, at, isLate) => {
      const between = 'a#e3';
      const accepted = (of: string, seconds: number) =>
        written(seconds, 'ingest/2', of, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(seconds) });
      const begun = [
        accepted(between, -1),
        entryOf(between, 'processor/1', 1, 1, { state: 'processed', durationMs: 1, lane }),
      ];
      const facts = [
        accepted('a#e2', -2000),
        ...(isBetween ? begun : []),
        stored(0),
        other(399, 1, { state: 'processing', leaseUntil: isoIn(430), worker: 'processor/1', lane }),
        other(400, 2, { state: 'processed', durationMs: 1 }),
        processing(at, 1, at + 30),
        ...sweeps,
      ].toSorted((a, b) => a.at - b.at);

      expect(kindsOf(facts).includes(lost)).toBe(isLate);
    },
  );

  it.each([
    ['before it', -1, false],
    ['beside it', 0, false],
    ['behind it', 1, true],
  ])(
    'lets one that was put back wait for another that was stored later and that its clock puts %s',
    (_where, acceptedAt, isLate) => {
      const facts = [
        stored(0),
        failed(1, 1),
        written(1, 'ingest/2', 'a#e2', 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(acceptedAt) }),
        entry(100, 2, { state: 'reopened', ...{ by: 'redrive', reason: 'repaired', generation: 1, lane } }),
        other(350, 1, { state: 'processing', leaseUntil: isoIn(380), worker: 'processor/1', lane }),
        other(351, 2, { state: 'processed', durationMs: 1 }),
        ...sweeps,
        processing(620, 3, 650),
      ].toSorted((a, b) => a.at - b.at);

      expect(kindsOf(facts).includes('an event was put back and not queued for five minutes')).toBe(isLate);
    },
  );

  it.each([
    ['within six minutes of the rest of the one before it', 705, false],
    ['later', 725, true],
  ])('asks for what was put back behind another that was sent: %s', (_when, seconds, isLate) => {
    const facts = [
      written(-1, 'ingest/2', 'a#e2', 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(-1) }),
      stored(0),
      failed(1, 1),
      entry(100, 2, { state: 'reopened', ...{ by: 'redrive', reason: 'repaired', generation: 1, lane } }),
      other(300, 1, { state: 'processing', leaseUntil: isoIn(330), worker: 'processor/1', lane }),
      other(301, 2, { state: 'processed', durationMs: 1 }),
      ...sweeps,
      processing(seconds, 3, 730),
    ].toSorted((a, b) => a.at - b.at);

    expect(kindsOf(facts).includes('an event was put back and not queued for five minutes')).toBe(isLate);
  });

  it.each([
    ['is at rest', [], true],
    [
      'was put back before',
      [entry(2, 2, { state: 'reopened', ...{ by: 'redrive', reason: 'repaired', generation: 1, lane } })],
      false,
    ],
  ] as const)('asks for what was purged where the event before it %s', (_what, again, isAsked) => {
    const purgedEvent = 'a#e2';
    const content = { kind: 'lane', event: purgedEvent, generation: 0 } as const;
    const facts: readonly Fact[] = [
      stored(0),
      failed(1, 1),
      ...again,
      written(2, 'ingest/2', purgedEvent, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(2) }),
      { kind: 'purged', at: 3000, queue: 'lanes', messages: [{ messageId: 'm2', content }] },
      ...sweeps,
    ];

    expect(kindsOf(facts).includes('a message was thrown away and the event not sent for five minutes')).toBe(
      isAsked,
    );
  });

  it('lets one be that had failed for want of a body before it was stored', () => {
    expect(kindsOf([failed(-1, 1), stored(0), ...sweeps])).not.toContain(lost);
  });
});

describe('the checker, about waits', () => {
  const sent: Fact = {
    ...{ kind: 'sent', at: 120_000, queue: 'lanes', messageId: 'm1', event, actor: 'sweeper/1', isNew: true },
    content: { kind: 'lane', event, generation: 0 },
  };

  it.each([
    ['nobody sends it', [], true],
    ['its message is there and nobody receives it', [sent], false],
  ] as const)('asks for the end of a wait that is over: %s', (_why, messages, isAsked) => {
    const waiting = entry(2, 2, {
      state: 'waiting',
      ...{ position: '2', reason: 'its handler waits for paid', needs: ['paid'], until: isoIn(60) },
    });
    const facts = [stored(0), processing(1, 1, 30), waiting, ...messages, ...sweeps, processing(600, 3, 630)];
    const kinds = kindsOf(facts.toSorted((a, b) => a.at - b.at));

    expect(kinds.includes('a wait was over and did not end for five minutes')).toBe(isAsked);
  });

  it.each([
    ['was in flight before it parked, after a purge', true, 1, false],
    ['came after it had parked', true, 3, true],
    ['was in flight without a purge', false, 1, true],
  ] as const)('asks for it where what it waits for %s', (_which, isPurged, received, isAsked) => {
    const [other, actor] = ['a#e2', 'processor/2'];
    const purged: Fact = { kind: 'purged', at: 500, queue: 'lanes', messages: [] };
    const waits = { position: '2', reason: 'its handler waits for paid', needs: ['paid'], until: isoIn(900) };
    const facts = [
      ...[stored(0), processing(1, 1, 30), entry(2, 2, { state: 'waiting', ...waits }), ...sweeps],
      written(0, 'ingest/1', other, 'EVENT', { lane, type: 'paid', expiresAt: 1e6, acceptedAt: isoIn(0) }),
      receive(received, other, actor),
      entryOf(other, actor, 4, 1, { state: 'processing', leaseUntil: isoIn(30), worker: actor, lane }),
      entryOf(other, actor, 5, 2, { state: 'processed', durationMs: 1 }),
      processing(901, 3, 930),
      ...(isPurged ? [purged] : []),
    ];
    const kinds = kindsOf(facts.toSorted((a, b) => a.at - b.at));

    expect(kinds.includes('a wait was over and did not end for five minutes')).toBe(isAsked);
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

describe('the checker, about what the life of an event has no place for', () => {
  it('sees that somebody decided it, although the ledger refused', () => {
    const kinds = kindsOf([
      stored(0),
      { kind: 'refused', at: 1000, actor: 'processor/1', why: 'an event cannot become waiting' },
    ]);

    expect(kinds).toContain('somebody decided what an event may not become');
  });
});

describe('the checker, about what is stale', () => {
  const other = 'a#e2';
  const kept = (seconds: number, of: string, version: string) =>
    written(seconds, 'ingest/1', of, 'EVENT', {
      ...{ lane, expiresAt: 1e6, acceptedAt: isoIn(seconds), order: { version } },
    });
  const story = (again: readonly Fact[]): readonly Fact[] => [
    kept(0, event, '3'),
    entry(1, 1, { state: 'waiting', ...{ position: '1', reason: 'the turn is on a#e2', lane } }),
    kept(2, other, '2'),
    entryOf(other, 'processor/1', 3, 1, { state: 'processed', durationMs: 1, lane }),
    ...again,
    entry(5, 2, { state: 'superseded', ...{ reason: 'stale', comparedTo: 'version 2' } }),
  ];
  const wrong = 'an event was called stale that was not older';

  it('sees one that is newer', () => {
    expect(kindsOf(story([]))).toContain(wrong);
  });

  it('goes by the body that came last', () => {
    expect(kindsOf(story([kept(4, event, '1')]))).not.toContain(wrong);
  });
});

describe('the checker, about the queue', () => {
  const kept: Fact = { kind: 'answered', at: 3000, actor: 'processor/1', isKept: true };
  const retrying = entry(2, 2, {
    state: 'retrying',
    ...{ nextAt: isoIn(3600), parked: true, error: { name: 'Error', message: 'it failed' } },
  });
  const inQueue = 'a long delay kept its message in the queue';

  it('sees a message kept whose event retries in an hour', () => {
    expect(kindsOf([stored(0), processing(1, 1, 30), retrying, kept])).toContain(inQueue);
  });

  it('lets a message be kept by whom nobody told that the delay was written', () => {
    const unheard: Fact = { kind: 'unheard', at: 2000, actor: 'processor/1' };

    expect(kindsOf([stored(0), processing(1, 1, 30), retrying, unheard, kept])).not.toContain(inQueue);
  });

  it.each([
    ['at rest', [], true],
    [
      'put back meanwhile',
      [entry(3, 2, { state: 'reopened', ...{ by: 'redrive', reason: 'repaired', generation: 1, lane } })],
      false,
    ],
  ] as const)('asks why the message of an event is kept that is %s', (_what, again, isAsked) => {
    const received: Fact = {
      ...{
        kind: 'received',
        at: 2000,
        queue: 'lanes',
        actor: 'processor/1',
        messageId: 'm1',
        receiveCount: 1,
      },
      ...{ content: { kind: 'lane', event, generation: 0 }, event },
    };
    const facts = [stored(0), failed(1, 1), { kind: 'healed', at: 1000 } as Fact, received, ...again, kept];

    expect(kindsOf(facts).includes('a message of an event at rest stayed in the queue')).toBe(isAsked);
  });

  const turnlessly = entry(2, 2, {
    state: 'retrying',
    ...{ nextAt: isoIn(3600), error: { name: 'Error', message: 'it failed' } },
  });

  it('lets a message be kept whose event a purge has robbed of the turn', () => {
    const purged: Fact = { kind: 'purged', at: 1500, queue: 'lanes', messages: [] };
    const beside = (other: Fact) => kindsOf([stored(0), processing(1, 1, 30), purged, other, kept]);

    expect(beside(turnlessly)).not.toContain(inQueue);
    expect(beside(retrying)).toContain(inQueue);
  });

  const laneFields = { lane, version: 'v' };
  it.each([
    ['given to another when it began', [{ at: 1, turn: 'a#e2', waiting: 0 }], false],
    ['given to another after it had begun in an open lane', [{ at: 2, turn: 'a#e2', waiting: 0 }], false],
    [
      'free when it began',
      [
        { at: 1, waiting: 1 },
        { at: 2, turn: 'a#e2', waiting: 0 },
      ],
      true,
    ],
    ['on itself', [{ at: 1, turn: event, waiting: 0 }], true],
    ['on none', [], true],
  ])('asks for its place in the ledger, where the turn was %s', (_whose, lanes, isAsked) => {
    const pk = `LANE#${laneGroup(lane)}`;
    const laneItems = lanes.map(({ at, ...fields }) =>
      written(at, 'sweeper/1', pk, 'LANE', { ...laneFields, ...fields }),
    );
    const facts = [stored(0), ...laneItems, processing(1, 1, 30), turnlessly, kept];

    const kinds = kindsOf(facts.toSorted((a, b) => a.at - b.at));
    expect(kinds.includes(inQueue)).toBe(isAsked);
  });
});

describe('the checker, about other lanes', () => {
  const probe = 'a#probe';
  const story = (seconds: number): readonly Fact[] => [
    { kind: 'request', at: 0, request: 1, actor: 'ingest/1', source: 'a', events: [probe] },
    written(0, 'ingest/1', probe, 'EVENT', { lane: `a#${freshLane}`, expiresAt: 1e6, acceptedAt: isoIn(0) }),
    { kind: 'answer', at: 0, request: 1, status: 202, outcomes: [{ eventId: 'probe', status: 'accepted' }] },
    entryOf(probe, 'processor/1', seconds, 1, {
      attempt: 0,
      state: 'superseded',
      reason: 'stale',
      comparedTo: 'version 5',
      lane: `a#${freshLane}`,
    }),
  ];
  const waited = 'an event of an idle lane had to wait';

  it('sees that an event waits for those of other lanes', () => {
    expect(kindsOf(story(100))).toContain(waited);
    expect(kindsOf(story(3600), { searched: 6 })).toContain(waited);
  });

  it('lets it wait for retries of two minutes where the queue holds or searches no more', () => {
    expect(kindsOf(story(100), { searched: 6 })).not.toContain(waited);
    expect(kindsOf(story(100), { inFlight: 1 })).not.toContain(waited);
  });
});

describe('the checker, about order', () => {
  const other = 'a#e2';
  const overtaken = 'an event began before an earlier one of its lane had come to rest (waiting)';
  const acknowledged = (seconds: number, request: number, of: string): readonly Fact[] => [
    {
      kind: 'request',
      at: seconds * 1000,
      request,
      actor: `ingest/${request}`,
      source: 'a',
      events: [of],
    },
    written(seconds, `ingest/${request}`, of, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(seconds) }),
    {
      kind: 'answer',
      at: seconds * 1000 + 1,
      request,
      status: 202,
      outcomes: [{ eventId: of.slice(2), status: 'accepted' }],
    },
  ];
  const story = (sender: string): readonly Fact[] => [
    ...acknowledged(0, 1, event),
    ...acknowledged(1, 2, other),
    began(2, 'processor/1'),
    {
      kind: 'sent',
      at: 2000,
      queue: 'lanes',
      messageId: 'm1',
      content: { kind: 'lane', event, generation: 0 },
      event,
      actor: sender,
      isNew: true,
    },
    {
      kind: 'received',
      at: 3000,
      queue: 'lanes',
      actor: 'processor/1',
      messageId: 'm1',
      receiveCount: 1,
      content: { kind: 'lane', event, generation: 0 },
      event,
    },
    entry(3, 1, { state: 'waiting', ...{ position: '2', reason: 'the turn is on a#e0', lane } }),
    entryOf(other, 'processor/2', 4, 1, {
      state: 'processing',
      leaseUntil: isoIn(30),
      worker: 'processor/2',
      lane,
    }),
  ];

  it('sees an event that began before one that waits', () => {
    expect(kindsOf(story('ingest/1'))).toContain(overtaken);
  });

  it('lets one without a number be overtaken by one that has one', () => {
    const numbered = story('ingest/1').map((fact): Fact => {
      if (fact.kind !== 'written' || fact.sk !== 'EVENT' || fact.pk !== other) return fact;
      return { ...fact, after: { ...fact.after, order: { sequence: 2 } } };
    });

    expect(kindsOf(numbered)).not.toContain(overtaken);
  });

  it.each([
    [
      'type',
      'by the rules of now',
      { after: { refunded: ['paid'] } },
      { after: { refunded: ['paid'] } },
      true,
    ],
    ['type', 'before its source had the rule', { after: { refunded: ['paid'] } }, {}, false],
    ['number', 'by the rules of now', { sequence: 'from-1' }, { sequence: 'from-1' }, true],
    ['number', 'before its source had the rule', { sequence: 'from-1' }, {}, false],
  ] as const)(
    'asks for the place of one whose needed %s came to rest %s',
    (_need, _when, now, atItsRest, isAsked) => {
      const third = 'a#e3';
      const plain = planOf('1', 'plain').sources.a!;
      const kept = { [event]: ['refunded', 2], [third]: ['paid', 1] } as const;
      const facts: readonly Fact[] = [
        ...[plain, { ...plain, ...now }].map((policy): Fact => ({
          kind: 'policy',
          at: 0,
          source: 'a',
          policy,
        })),
        {
          kind: 'began',
          at: 0,
          actor: 'processor/9',
          skewMs: 0,
          policies: { a: { ...plain, ...atItsRest } },
        },
        written(0, 'ingest/3', third, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(0) }),
        entryOf(third, 'processor/9', 0, 1, { state: 'processed', durationMs: 1, lane }),
        ...story('ingest/1'),
      ];
      const told = facts.map((fact): Fact => {
        if (fact.kind !== 'written' || fact.sk !== 'EVENT' || !(fact.pk in kept)) return fact;
        const [type, sequence] = kept[fact.pk as keyof typeof kept];
        return { ...fact, after: { ...fact.after, type, order: { sequence } } };
      });

      expect(kindsOf(told).includes(overtaken)).toBe(isAsked);
    },
  );

  it.each([
    ['while a type that it needs was missing', 3.2, false],
    ['when that was there', 3.7, true],
  ])('asks for the place of one past which the turn was handed %s', (_when, handed, isAsked) => {
    const third = 'a#e3';
    const policy = { ...planOf('1', 'plain').sources.a!, after: { refunded: ['paid'] } };
    const ofType =
      (of: string, type: string) =>
      (fact: Fact): Fact =>
        fact.kind === 'written' && fact.sk === 'EVENT' && fact.pk === of
          ? { ...fact, after: { ...fact.after, type } }
          : fact;
    const facts: readonly Fact[] = [
      { kind: 'policy', at: 0, source: 'a', policy },
      { kind: 'began', at: 0, actor: 'processor/9', skewMs: 0, policies: { a: policy } },
      written(0, 'ingest/3', third, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(0) }),
      ...story('ingest/1'),
      entryOf(third, 'processor/9', 3.5, 1, { state: 'processed', durationMs: 1, lane }),
      written(handed, 'operator/1', `LANE#${laneGroup(lane)}`, 'LANE', { turn: other, waiting: 1 }),
    ];
    const told = facts.map(ofType(event, 'refunded')).map(ofType(third, 'paid'));

    expect(kindsOf(told.toSorted((a, b) => a.at - b.at)).includes(overtaken)).toBe(isAsked);
  });

  it.each([
    ['that was put back after another had been purged', true, false],
    ['that was put back', false, true],
  ])('asks for the place of one %s', (_what, isPurged, isAsked) => {
    const third = 'a#e3';
    const [first, ...others] = story('ingest/1');
    const content = { kind: 'lane', event: third, generation: 0 } as const;
    const before: readonly Fact[] = [
      written(0, 'ingest/1', third, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(0) }),
      {
        kind: 'sent',
        at: 0,
        queue: 'lanes',
        messageId: 'm0',
        content,
        event: third,
        actor: 'ingest/1',
        isNew: true,
      },
      entryOf(third, 'processor/9', 0, 1, {
        state: 'processing',
        leaseUntil: isoIn(0.5),
        worker: 'processor/9',
        lane,
      }),
      ...(isPurged ? [{ kind: 'purged', at: 0, queue: 'lanes', messages: [] } as const] : []),
    ];
    const again = entry(3.5, 2, {
      state: 'reopened',
      ...{ by: 'redrive', reason: 'repaired', generation: 1, lane },
    });
    const parked = entry(3.7, 3, { state: 'waiting', ...{ position: '3', reason: 'the turn is on a#e0' } });
    const facts = [...before, first!, ...others.slice(0, -1), again, parked, others.at(-1)!];

    expect(kindsOf(facts).includes(overtaken)).toBe(isAsked);
  });

  it('lets one be overtaken that a message put by hand had parked', () => {
    expect(kindsOf(story('an operator'))).not.toContain(overtaken);
  });

  it.each([
    ['put by hand', 'an operator', false],
    ['of ours', 'ingest/2', true],
  ])('asks for the place of one that parked by a message %s', (_whose, sender, isAsked) => {
    const message = { queue: 'lanes', messageId: 'm2', event: other } as const;
    const content = { kind: 'lane', event: other, generation: 0 } as const;
    const facts = story('ingest/1');
    const parked: readonly Fact[] = [
      { ...message, content, kind: 'sent', at: 3100, actor: sender, isNew: true },
      { ...message, content, kind: 'received', at: 3200, actor: 'processor/3', receiveCount: 1 },
      entryOf(other, 'processor/3', 3.5, 1, {
        attempt: 0,
        state: 'waiting',
        position: '1',
        reason: 'the turn is on a#e0',
        lane,
      }),
      entryOf(other, 'processor/2', 5, 2, {
        state: 'processing',
        leaseUntil: isoIn(30),
        worker: 'processor/2',
      }),
    ];

    expect(kindsOf([...facts.slice(0, -1), ...parked]).includes(overtaken)).toBe(isAsked);
  });
});

describe('the checker, about leases', () => {
  const both = 'two events of a lane held a lease at once';
  const other = 'a#e2';
  const leased = (of: string, seconds: number) => {
    const worker = `processor/${seconds}`;
    return entryOf(of, worker, seconds, 1, { state: 'processing', leaseUntil: isoIn(30), worker, lane });
  };
  const sentTo = (of: string, generation = 0): Fact => ({
    ...{ kind: 'sent', at: 500, queue: 'lanes', messageId: `m-${of}`, event: of, isNew: true },
    ...{ actor: 'dead-letter/1', content: { kind: 'lane', event: of, generation } },
  });
  const together = (beside: readonly Fact[], generation = 0) =>
    kindsOf([
      ...[event, other].map((of) =>
        written(0, 'ingest/1', of, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(0) }),
      ),
      ...[sentTo(event), sentTo(other, generation)],
      began(1, 'processor/2'),
      receive(1, event, 'processor/2'),
      ...beside,
      leased(event, 2),
      began(2, 'processor/3'),
      receive(2, other, 'processor/3'),
      leased(other, 3),
    ]);

  it('sees two of them in one lane', () => {
    expect(together([])).toContain(both);
  });

  it('lets them be where the message of one was of a generation that there was not yet: an operator made it', () => {
    expect(together([], 1)).not.toContain(both);
  });

  it.each([event, other])(
    'lets them be where another function, which did not know the source, had led the message of one away: %s',
    (of) => {
      const stranger: Fact = { ...began(1, 'processor/1'), policies: {} } as Fact;

      expect(together([stranger, receive(1, of, 'processor/1')])).not.toContain(both);
    },
  );
});

describe('the checker, about a hold', () => {
  const passed = 'a follower began while the head of its lane was failed and held';
  const [beside, follower] = ['a#e2', 'a#e3'];
  const holding = planOf('1', 'plain').sources;
  const policies = { a: { ...holding.a!, onExhausted: 'hold' as const } };
  const besideOf = (of: string, seconds: number, number: number, fields: object) =>
    entryOf(of, 'processor/2', seconds, number, { ...(number === 1 ? { lane } : {}), ...fields });
  const begins = (of: string, seconds: number, number: number) =>
    besideOf(of, seconds, number, {
      ...{ state: 'processing', leaseUntil: isoIn(seconds + 2), worker: 'processor/2' },
    });
  /** An event fails while one that is in flight beside it has the turn, or not. */
  const story = (turn: string): readonly Fact[] => [
    { ...began(0, 'processor/1'), policies } as Fact,
    ...[event, beside, follower].map((of) =>
      written(0, 'ingest/1', of, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(0) }),
    ),
    begins(beside, 1, 1),
    processing(2, 1, 30),
    failed(5, 2),
    written(5, 'processor/1', 'LANE#1', 'LANE', { lane, turn, waiting: 0 }),
  ];

  it('lets the one go on that had the turn when another failed', () => {
    expect(kindsOf([...story(beside), begins(beside, 10, 2)])).not.toContain(passed);
  });

  it('sees one go on that had it not', () => {
    expect(kindsOf([...story(event), begins(beside, 10, 2)])).toContain(passed);
  });

  it('sees a follower begin once that one is over', () => {
    const over = besideOf(beside, 12, 3, { state: 'processed', durationMs: 1 });

    expect(kindsOf([...story(beside), begins(beside, 10, 2), over, begins(follower, 20, 1)])).toContain(
      passed,
    );
  });
});

describe('the checker, about what cannot be read', () => {
  const pk = 'LANE#group';
  const laid = (seconds: number, dueAt: number, more: object = {}): readonly Fact[] => [
    { kind: 'damaged', at: seconds * 1000, what: 'lane-without-version', pk, sk: 'LANE' },
    written(seconds, vandal, pk, 'LANE', { lane, dueAt: isoIn(dueAt), ...more }),
  ];
  const listed = (seconds: number): Fact =>
    written(seconds, 'sweeper/1', 'ATTENTION#0', lane, { reason: 'unreadable-item' });
  const sweeps = Array.from({ length: 30 }, (_, minute): Fact => {
    const at = minute * 60_000;
    return { kind: 'swept', at, startedAt: at, actor: `sweeper/${minute}` };
  });
  const untold = 'an item that cannot be read is not on the attention list';

  it('sees that nobody is told of an item', () => {
    expect(kindsOf([...laid(0, 0), ...sweeps])).toContain(untold);
  });

  it('asks for nothing new where the list says so already', () => {
    expect(kindsOf([...laid(0, 0), listed(1), ...laid(400, 400), ...sweeps])).not.toContain(untold);
  });

  it('asks for nothing new where the list has the event whose own lane it is', () => {
    const failedBefore = written(0, 'processor/1', 'ATTENTION#0', lane, { reason: 'permanent-error' });

    expect(kindsOf([failedBefore, ...laid(0, 0), ...sweeps])).not.toContain(untold);
  });

  it('asks for nothing of a lane that has stopped at a gate', () => {
    expect(kindsOf([...laid(0, 0, { atGate: isoIn(0) }), ...sweeps])).not.toContain(untold);
  });

  it('asks for nothing before the item is due', () => {
    expect(kindsOf([...laid(0, 1500), ...sweeps])).not.toContain(untold);
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

  const rested = [stored(0), processing(1, 1, 30), failed(2, 2)];
  const queueIsDown = (from: number, to: number): Fact => ({
    kind: 'outage',
    at: from * 1000,
    what: 'queue',
    until: to * 1000,
  });

  it.each([
    ['before the queue was back', 300, false],
    ['long after that', 500, true],
  ])('lets a noted letter be gone that was thrown away on its way: %s', (_when, seconds, isLost) => {
    const purged: Fact = { kind: 'purged', at: seconds * 1000, queue: 'feeder', messages: [] };

    const kinds = kindsOf([queueIsDown(21, 400), ...rested, met(20), noted(20), purged, later]);

    expect(kinds.includes(lost)).toBe(isLost);
  });

  it.each([
    ['of ours', ['id1'], 0, true],
    ['put by hand', ['by-hand'], 0, false],
    ['one beside it put by hand', ['id1', 'by-hand'], 0, false],
    ['one of an event that had failed before it was stored', ['id1'], 2, false],
  ])('asks for the order of letters that are moved back: %s', (_whose, copies, storedAt, isAsked) => {
    const other = 'a#e2';
    const isMoved = (of: string, which: string) => ({
      messageId: `m-${of}`,
      content: { kind: 'letter', event: of, entry: 1, copy: which } as const,
    });
    const life = (of: string, reopenedAt: number): readonly Fact[] => [
      written(storedAt, 'ingest/1', of, 'EVENT', { lane, expiresAt: 1e6, acceptedAt: isoIn(storedAt) }),
      entryOf(of, 'processor/1', 1, 1, { state: 'failed', cause: 'at-most-once', lane }),
      entryOf(of, 'processor/2', reopenedAt, 2, {
        actor: 'sqs',
        generation: 1,
        attempt: 0,
        state: 'reopened',
        by: 'redrive',
        reason: 'moved back',
        lane,
      }),
    ];
    const facts: readonly Fact[] = [
      ...life(event, 12),
      ...life(other, 11),
      { kind: 'healed', at: 5000 },
      {
        kind: 'moved',
        at: 10_000,
        destination: 'lanes',
        isInParts: false,
        letters: [...copies.map((copy) => isMoved(event, copy)), isMoved(other, 'id2')],
      },
    ];
    const inOrder = facts.toSorted((a, b) => a.at - b.at);

    expect(kindsOf(inOrder).includes('a move of dead letters did not keep the order of their lane')).toBe(
      isAsked,
    );
  });

  it.each([
    ['as soon as the queue is back', queueIsDown(205, 900), 902, false],
    ['long after that', queueIsDown(205, 900), 1000, true],
    ['the queue was back within five minutes', queueIsDown(205, 300), 500, true],
    ['it was the ledger that was down', { ...queueIsDown(205, 900), what: 'ledger' } as const, 902, true],
  ])(
    'lets a letter come late that was on its way when the queue went down: %s',
    (_when, outage, at, isLate) => {
      const arrived: Fact = { kind: 'dead-lettered', at: at * 1000, messageId: 'm1', content };

      const kinds = kindsOf([outage, ...rested, met(200), ...sweeps, arrived, began(1200, 'nobody')]);

      expect(kinds.includes('an event failed and has no dead letter after five minutes')).toBe(isLate);
    },
  );
});
