import { Random } from './random.ts';
import type {
  Behaviour,
  FaultRates,
  OperatorKind,
  Plan,
  PlannedAct,
  PlannedDamage,
  PlannedEvent,
  PlannedSend,
  Policy,
} from './scenario.ts';
import { withThoseOfSubscribers } from './scenario.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { subscriberName } from '../../functions/sources/subscribers.ts';

const second = 1000;
const minute = 60 * second;

/** A whole history as data, drawn from its seed: who sends what and when, what fails, what operators do. */
export function planOf(seed: string, wanted?: Scenario): Plan {
  const random = new Random(`plan ${seed}`);
  const scenario = wanted ?? (random.chance(0.1) ? 'race' : random.pick(scenarios));
  const policy = policyFor(scenario, random);
  const own: Record<string, Policy> = { a: policy };
  if (random.chance(0.25)) own.b = policyFor(random.pick(scenarios), random);
  const timeoutSeconds = scenario === 'storm' ? 5 : random.pick([5, 5, 30]);
  const sent = eventsFor(scenario, own, timeoutSeconds, random);
  const sends = sendsFor(scenario, sent, own, random);
  const sources = withThoseOfSubscribers(own);
  const events = [...sent, ...handedOn(sent, own, scenario, timeoutSeconds, seed)];
  const spanMs = random.pick([2, 10, 40] as const) * minute;
  return {
    seed,
    timeoutSeconds,
    sources,
    events,
    sends,
    acts: [
      ...actsFor(scenario, events, spanMs, random),
      ...racesFor(events, scenario === 'race' ? 3 : 1, random),
      ...(scenario === 'overtaken' ? purgesFor(events, random) : []),
      ...(scenario === 'race' ? duelsOver(events, random) : []),
    ],
    outages: random.chance(0.2) ? [outageIn(spanMs, random)] : [],
    policyChanges: policyChangesFor(scenario, policy, spanMs, random),
    pauses: pausesFor(seed, scenario, Object.keys(sources), spanMs),
    away: awayFor(seed, scenario, spanMs),
    storms:
      scenario === 'storm' ? [{ event: random.int(0, events.length - 1), receives: random.int(20, 60) }] : [],
    faults: faultsFor(scenario, random),
    skewMs: random.pick([0, 0, 1000, 4000] as const),
    tailMs: random.chance(scenario === 'long-delay' || scenario === 'wait-for' ? 0.6 : 0.1)
      ? 150 * minute
      : 0,
    concurrency: concurrencyFor(scenario, random),
    // One message that cannot be dealt with would be all that may be in flight.
    queueLimits:
      scenario === 'unreadable'
        ? {}
        : {
            ...(random.chance(scenario === 'throttled' ? 0.5 : 0.05) ? { searched: random.int(6, 10) } : {}),
            ...(random.chance(scenario === 'throttled' ? 0.5 : 0.05) ? { inFlight: random.int(1, 3) } : {}),
          },
    damages: damagesFor(scenario, events, spanMs, random),
  };
}

/** What becomes of the events of a source that has subscribers: each of these has them, and behaves in its own way. */
function handedOn(
  events: readonly PlannedEvent[],
  sources: Readonly<Record<string, Policy>>,
  scenario: Scenario,
  timeoutSeconds: number,
  seed: string,
): readonly PlannedEvent[] {
  const random = new Random(`subscribers ${seed}`);
  return Object.entries(sources).flatMap(([source, { subscribers = {} }]) =>
    Object.keys(subscribers).flatMap((name) => {
      const trouble = random.pick([0, 0.4, 0.7] as const);
      return events
        .filter((event) => event.source === source)
        .map((event) => ({
          ...event,
          source: subscriberName(source, name),
          behaviours: Array.from({ length: 4 }, () => behaviour(scenario, trouble, timeoutSeconds, random)),
        }));
    }),
  );
}

/** Drawn from a stream of their own, so that what else happens in a history is the same with them and without. */
function pausesFor(
  seed: string,
  scenario: Scenario,
  sources: readonly string[],
  spanMs: number,
): Plan['pauses'] {
  const random = new Random(`pauses ${seed}`);
  const count = scenario === 'paused' ? random.int(1, 3) : random.chance(0.12) ? 1 : 0;
  return Array.from({ length: count }, () => ({
    at: random.spread(100, spanMs),
    source: sources[random.int(0, sources.length - 1)] ?? 'a',
    forMs: random.spread(2 * second, 90 * minute),
  }));
}

/** A destination that is away: most of the time it does not answer, sometimes it asks to wait. */
function awayFor(seed: string, scenario: Scenario, spanMs: number): Plan['away'] {
  const random = new Random(`away ${seed}`);
  if (scenario !== 'breaker') return [];
  return Array.from({ length: random.int(1, 2) }, () => {
    const from = random.int(0, spanMs);
    return {
      source: 'a',
      from,
      to: from + random.spread(5 * second, 40 * minute),
      ...(random.chance(0.3) ? { asksSeconds: random.pick([5, 60, 121, 600] as const) } : {}),
    };
  });
}

/** As many as the poller asks for, or fewer. */
function concurrencyFor(scenario: Scenario, random: Random): Plan['concurrency'] {
  const isLow = random.chance(scenario === 'throttled' ? 1 : 0.1);
  return isLow ? { processor: random.int(1, 2), deadLetter: 1 } : { processor: 5, deadLetter: 3 };
}

function policyChangesFor(
  scenario: Scenario,
  policy: Policy,
  spanMs: number,
  random: Random,
): Plan['policyChanges'] {
  if (scenario === 'taken-out') {
    const at = random.spread(1000, spanMs);
    const isBack = random.chance(0.7);
    const back = { at: at + random.spread(1000, spanMs), source: 'a', policy };
    return [{ at, source: 'a', policy: undefined }, ...(isBack ? [back] : [])];
  }
  if (scenario !== 'policy' && !random.chance(0.1)) return [];
  return Array.from({ length: random.int(1, 2) }, () => ({
    at: random.int(0, spanMs),
    source: 'a',
    policy: changed(policy, random),
  }));
}

const damageKinds = [
  'entry-of-unknown-state',
  'entry-of-wrong-type',
  'event-without-type',
  'lane-without-version',
  'wait-without-key',
  'attention-junk',
  'letter-junk',
] as const;

function damagesFor(
  scenario: Scenario,
  events: readonly PlannedEvent[],
  spanMs: number,
  random: Random,
): readonly PlannedDamage[] {
  if (scenario !== 'unreadable') return [];
  return Array.from({ length: random.int(1, 2) }, () => ({
    at: random.spread(100, spanMs),
    kind: random.pick(damageKinds),
    event: random.int(0, events.length - 1),
  }));
}

function policyFor(scenario: Scenario, random: Random): Policy {
  const gaps = {
    gapTimeoutSeconds: random.pick([60, 300, 900]),
    onGap: random.pick(['run', 'run', 'fail'] as const),
  };
  const base: Policy = {
    ...gaps,
    onExhausted: 'continue',
    execution: random.chance(0.15) ? 'at-most-once' : 'at-least-once',
    attempts: random.int(1, 3),
    delaySeconds: random.pick(
      scenario === 'long-delay' ? [60, 119, 121, 300, 1800, 7200] : [1, 5, 60, 115, 240, 3600],
    ),
    retentionMinutes: 90 * 24 * 60,
    splits: random.chance(0.2),
  };
  const sequence = { sequence: random.pick(['from-1', 'first-seen'] as const) };
  const after = {
    after: random.pick([{ paid: ['created'], refunded: ['paid'] }, { paid: ['created'] }] as const),
  };
  const hold = { onExhausted: 'hold' as const };
  const holdFor = { ...hold, holdForSeconds: random.pick([120, 600, 1800]) };
  switch (scenario) {
    case 'paused':
      return policyFor(
        random.pick(['plain', 'hold', 'sequence', 'combined', 'wait-for', 'long-delay'] as const),
        random,
      );
    case 'rate':
      return {
        ...policyFor(
          random.pick(['plain', 'hold', 'sequence', 'combined', 'breaker', 'long-delay'] as const),
          random,
        ),
        perSecond: random.pick([1, 1, 0.05, 0.02]),
      };
    case 'slots':
      return {
        ...policyFor(
          random.pick(['plain', 'hold', 'sequence', 'combined', 'breaker', 'rate'] as const),
          random,
        ),
        atOnce: random.int(1, 2),
      };
    case 'breaker':
      return {
        ...policyFor(
          random.pick(['plain', 'hold', 'sequence', 'combined', 'wait-for', 'long-delay'] as const),
          random,
        ),
        execution: 'at-least-once',
        breaker: { failures: random.int(1, 3), probeSeconds: random.pick([20, 60, 90]) },
      };
    case 'subscribers': {
      const one = () => policyFor(random.pick(ofSubscribers), random);
      const plain = policyFor('plain', random);
      return { ...plain, subscribers: random.chance(0.3) ? { x: one() } : { x: one(), y: one() } };
    }
    case 'plain':
      return { ...base, ...(random.chance(0.2) ? { ownLane: true } : {}) };
    case 'wait-for':
      return {
        ...base,
        ...(random.chance(0.3) ? hold : random.chance(0.2) ? holdFor : {}),
        ...(random.chance(0.15) ? sequence : {}),
        ...(random.chance(0.15) ? after : {}),
        ...(random.chance(0.15) ? { version: true } : {}),
      };
    case 'gap-ends':
      return { ...base, ...hold, attempts: 2, onGap: 'run' };
    case 'overtaken':
      return {
        ...base,
        attempts: 3,
        delaySeconds: random.pick([5, 60, 115]),
        ...(random.chance(0.7) ? { version: true } : {}),
        ...(random.chance(0.3) ? hold : {}),
      };
    case 'long-delay':
    case 'throttled':
    case 'taken-out':
    case 'unreadable':
      return {
        ...base,
        attempts: random.int(2, 3),
        ...(random.chance(0.3) ? hold : random.chance(0.1) ? holdFor : random.chance(0.1) ? sequence : {}),
      };
    case 'dead-letter':
      return {
        ...base,
        attempts: random.int(1, 2),
        delaySeconds: random.pick([1, 5, 240]),
        ...(random.chance(0.5) ? hold : random.chance(0.2) ? holdFor : {}),
        ...(random.chance(0.1) ? { ownLane: true } : {}),
      };
    case 'late':
      return { ...base, attempts: random.int(1, 2), delaySeconds: random.pick([1, 5]) };
    case 'race':
      return { ...base, ...hold, attempts: random.int(1, 2) };
    case 'hold':
    case 'storm':
    case 'policy':
      return random.chance(0.8) ? { ...base, ...hold } : base;
    case 'hold-for':
      return { ...base, ...holdFor };
    case 'sequence':
      return { ...base, ...sequence };
    case 'version':
      return { ...base, version: true };
    case 'after':
      return { ...base, ...after };
    case 'at-most-once':
      return { ...base, execution: 'at-most-once', ...(random.chance(0.6) ? hold : {}) };
    case 'expiry':
      return { ...base, ...(random.chance(0.7) ? hold : {}), retentionMinutes: random.spread(20, 90) };
    case 'combined':
      return {
        ...base,
        ...(random.chance(0.6) ? sequence : {}),
        ...(random.chance(0.5) ? { version: true } : {}),
        ...(random.chance(0.5) ? after : {}),
        ...(random.chance(0.5) ? hold : random.chance(0.5) ? holdFor : {}),
      };
  }
}

/** What a user may change between two deploys; how events are read stays as it is. */
function changed(policy: Policy, random: Random): Policy {
  switch (random.int(0, 5)) {
    case 0:
      return { ...policy, attempts: random.int(1, 3) };
    case 1: {
      const rest: { -readonly [option in keyof Policy]: Policy[option] } = { ...policy };
      delete rest.sequence;
      delete rest.after;
      return rest;
    }
    case 2:
      return { ...policy, version: policy.version !== true };
    default:
      return { ...policy, onExhausted: policy.onExhausted === 'hold' ? 'continue' : 'hold' };
  }
}

const ofSubscribers = [
  'plain',
  'hold',
  'hold-for',
  'version',
  'after',
  'at-most-once',
  'long-delay',
] as const;

const types = ['created', 'paid', 'refunded', 'noted'] as const;

function eventsFor(
  scenario: Scenario,
  sources: Readonly<Record<string, Policy>>,
  timeoutSeconds: number,
  random: Random,
): readonly PlannedEvent[] {
  const isDense = scenario === 'race' || scenario === 'late' || scenario === 'overtaken';
  const lanes = isDense
    ? 1
    : scenario === 'throttled' || scenario === 'breaker' || scenario === 'rate' || scenario === 'slots'
      ? random.int(2, 4)
      : random.int(1, 2);
  const trouble = isDense || scenario === 'dead-letter' ? 0.7 : random.pick([0.1, 0.4, 0.7]);
  const isShuffled = random.chance(0.5);
  const events: PlannedEvent[] = [];
  for (const source of Object.keys(sources)) {
    for (let lane = 0; lane < lanes; lane++) {
      const count = random.int(1, source === 'a' ? 5 : 2);
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      // Some numbers never come.
      if (random.chance(0.2)) numbers.splice(random.int(0, numbers.length - 1), 1, count + 1);
      if (isShuffled) numbers.sort(() => random.next() - 0.5);
      numbers.forEach((number, index) => {
        const id = `e${events.length}`;
        events.push({
          source,
          id,
          lane: sources[source]?.ownLane === true ? id : `lane${lane}`,
          type: types[(isShuffled ? number - 1 : index) % types.length] ?? 'noted',
          sequence: number,
          version: random.chance(0.1) ? 1 : number,
          behaviours: Array.from({ length: 4 }, () => behaviour(scenario, trouble, timeoutSeconds, random)),
        });
      });
    }
  }
  return events;
}

function behaviour(scenario: Scenario, trouble: number, timeoutSeconds: number, random: Random): Behaviour {
  if (scenario === 'gap-ends') return waitsOrFailsLate(timeoutSeconds, random);
  const isFatal = scenario === 'race' || scenario === 'late' || scenario === 'dead-letter';
  const kind: Behaviour['kind'] = random.chance(trouble)
    ? random.weighted({
        fail: 10,
        permanent: isFatal ? 20 : 4,
        'retry-after': scenario === 'long-delay' ? 8 : 1,
        hang: 2,
        ignore: 1,
        'wait-for': scenario === 'wait-for' ? 25 : 0.5,
      })
    : 'ok';
  const ms = random.chance(0.15) ? random.int(1, timeoutSeconds * 900) : random.int(1, 300);
  const common = { kind, ms, calls: random.chance(0.5), effects: random.int(0, 2) };
  if (kind === 'ignore') return { ...common, effects: 0 };
  if (kind === 'retry-after') {
    return { ...common, seconds: random.pick([7, 7, 119, 120, 121, 600, 7200] as const) };
  }
  if (kind !== 'wait-for') return common;
  const wanted = random.pick([['created'], ['created'], ['paid'], ['created', 'paid'], ['never'], ['noted']]);
  return { ...common, types: wanted, seconds: random.pick([5, 60, 300, 1800, 7200] as const) };
}

/** One waits for what never comes, another fails after most of its lease: meanwhile the sweeper may find the first one's wait over. */
function waitsOrFailsLate(timeoutSeconds: number, random: Random): Behaviour {
  const common = { calls: false, effects: 0 };
  if (random.chance(0.4)) {
    const late = { ...common, ms: timeoutSeconds * 900 };
    return random.chance(0.5)
      ? { ...late, kind: 'permanent' }
      : { ...late, kind: 'retry-after', seconds: 600 };
  }
  if (random.chance(0.3)) return { ...common, kind: 'ok', ms: 10 };
  return { ...common, kind: 'wait-for', ms: 10, types: ['never'], seconds: random.pick([5, 60] as const) };
}

/** First sends lane by lane, mostly one after the other; then redeliveries of the same events. */
function sendsFor(
  scenario: Scenario,
  events: readonly PlannedEvent[],
  sources: Readonly<Record<string, Policy>>,
  random: Random,
): readonly PlannedSend[] {
  const sends: PlannedSend[] = [];
  const paces = [200, 5 * second, 30 * second, 3 * minute] as const;
  const isDense = scenario === 'race' || scenario === 'late' || scenario === 'overtaken';
  const dense =
    scenario === 'race' ? ([1 * second, 5 * second, 20 * second] as const) : ([200, 1 * second] as const);
  const pace = isDense ? random.pick(dense) : random.pick(paces);
  const isChained = random.chance(0.7);
  const lastOf = new Map<string, number>();
  const retries = () => ({ tries: random.pick([1, 3, 8]), retryMs: random.spread(500, 60 * second) });
  for (let index = 0; index < events.length; index++) {
    const { source = '', lane = '' } = events[index] ?? {};
    const together = [index];
    if (sources[source]?.splits === true) {
      while (random.chance(0.5) && events[index + 1]?.source === source) together.push(++index);
    }
    const after = isChained ? lastOf.get(`${source}/${lane}`) : undefined;
    lastOf.set(`${source}/${lane}`, sends.length);
    const at =
      after === undefined ? random.int(0, 2 * pace) + index * (isChained ? 0 : pace) : random.int(10, pace);
    sends.push({
      at,
      ...(after === undefined ? {} : { after }),
      events: together,
      body: 'same',
      ...retries(),
    });
  }
  for (let count = scenario === 'late' ? 5 : random.int(0, 4); count > 0; count--) {
    const soonAfter = random.chance(scenario === 'late' ? 0.9 : 0.5)
      ? random.int(0, sends.length - 1)
      : undefined;
    sends.push({
      at:
        soonAfter !== undefined
          ? random.spread(1, 10 * second)
          : scenario === 'expiry'
            ? random.int(0, 120 * minute)
            : random.spread(1, 40 * minute),
      ...(soonAfter === undefined ? {} : { after: soonAfter }),
      events: [random.int(0, events.length - 1)],
      body: random.chance(0.3) ? 'other' : 'same',
      ...retries(),
    });
  }
  return sends;
}

const operatorWeights = {
  move: 6,
  'move-twice': 2,
  'move-to-lanes': 2,
  'move-to-feeder': 1,
  'move-in-parts': 2,
  junk: 0.7,
  misplace: 0.7,
  redrive: 3,
  replay: 2,
  discard: 2,
  resolve: 2,
  release: 2,
  'purge-dead': 0.4,
  'purge-feeder': 0.3,
  'purge-lane': 0.5,
} as const satisfies Record<OperatorKind, number>;

/** Those who work with the dead-letter queue. */
const moverWeights = {
  ...operatorWeights,
  'move-twice': 4,
  'move-to-lanes': 5,
  'move-to-feeder': 2,
  'move-in-parts': 5,
  junk: 2,
  misplace: 3,
} as const satisfies Record<OperatorKind, number>;

function actsFor(
  scenario: Scenario,
  events: readonly PlannedEvent[],
  spanMs: number,
  random: Random,
): readonly PlannedAct[] {
  const isMoving = scenario === 'dead-letter';
  return Array.from({ length: isMoving ? random.int(3, 10) : random.pick([0, 2, 6] as const) }, () => ({
    at: random.spread(isMoving ? 30_000 : 1000, 2 * spanMs),
    kind: random.weighted(isMoving ? moverWeights : operatorWeights),
    event: random.int(0, events.length - 1),
  }));
}

/** The message of an event that has begun is thrown away, so that those behind it pass it by. */
function purgesFor(events: readonly PlannedEvent[], random: Random): readonly PlannedAct[] {
  return Array.from({ length: random.int(1, 3) }, () => {
    const upon = random.int(0, events.length - 1);
    return { at: random.spread(100, 20_000), upon, kind: 'purge-lane' as const, event: upon };
  });
}

/** Operators who act at the very moment at which something else happens in the lane, and two of them about one event. */
function racesFor(events: readonly PlannedEvent[], most: number, random: Random): readonly PlannedAct[] {
  return Array.from({ length: random.int(0, most) }, () => {
    const upon = random.int(0, events.length - 1);
    const lane = events.flatMap((event, index) => (event.lane === events[upon]?.lane ? [index] : []));
    const act = () => ({
      at: random.spread(1, 5000),
      upon,
      kind: random.weighted({ release: 3, resolve: 3, discard: 3, redrive: 2, move: 1 }),
      event: random.chance(0.5) ? upon : (lane[random.int(0, lane.length - 1)] ?? upon),
    });
    const first = act();
    if (random.chance(0.5)) return [first];
    return [first, { ...act(), at: first.at + random.int(0, 500), event: first.event }];
  }).flat();
}

/** Two operators at once in a held lane: one gives it free while the other closes its head; or one closes its head, the other the next one. */
function duelsOver(events: readonly PlannedEvent[], random: Random): readonly PlannedAct[] {
  const head = random.int(0, events.length - 1);
  const next = Math.min(head + 1, events.length - 1);
  const closing = () => random.pick(['resolve', 'discard'] as const);
  const at = random.int(200, 3000);
  const later = random.int(1000, 6000);
  const overHead: readonly PlannedAct[] = [
    { at, upon: head, kind: 'release', event: head },
    { at: Math.max(0, at + random.int(-500, 500)), upon: head, kind: closing(), event: head },
  ];
  const overNext: readonly PlannedAct[] = [
    { at: later, upon: next, kind: closing(), event: head },
    { at: later + random.int(-500, 500), upon: next, kind: 'discard', event: next },
  ];
  return random.chance(0.5) ? overHead : overNext;
}

function outageIn(spanMs: number, random: Random) {
  const from = random.int(0, spanMs);
  return {
    what: random.pick(['ledger', 'queue'] as const),
    from,
    to: from + random.pick([10 * second, random.int(5 * minute, 15 * minute)] as const),
  };
}

/** Most histories suffer from a few kinds of faults, some from none, some from all. */
function faultsFor(scenario: Scenario, random: Random): FaultRates {
  const often = random.pick([0, 0.3, 0.3, 0.6, 1] as const);
  const rate = (most: number) => (random.chance(often) ? random.next() * most : 0);
  return {
    crash: rate(0.04),
    pause: rate(0.02),
    longestPauseMs: 10 * minute,
    longestLatencyMs: random.chance(scenario === 'race' ? 0.5 : 0.3) ? 3000 : 50,
    slow: scenario === 'race' ? 0.4 : 0.1,
    longestOperatorLatencyMs: scenario === 'race' ? 8000 : 100,
    lostAnswer: rate(0.1),
    lateRequest: rate(0.03),
    throttle: rate(0.1),
    conflict: rate(1),
    lostReceive: rate(0.4),
    duplicateDelivery: scenario === 'late' || scenario === 'overtaken' ? 0.3 : rate(0.1),
    lateInvocation: scenario === 'throttled' ? 0.2 : rate(0.1),
    sweeperTwice: rate(0.5),
    sweeperAgain: rate(0.7),
  };
}
