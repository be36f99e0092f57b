import type { Observed, ObservedEvent } from './observed.ts';

/** What was checked of one guarantee, and what broke it. */
export interface Verdict {
  readonly guarantee: string;
  readonly checked: string;
  readonly count: number;
  readonly broken: readonly string[];
}

const nameOf = ({ source, eventId }: ObservedEvent): string => `${source}#${eventId}`;
const isTaken = ({ status }: { readonly status: number }): boolean => status >= 200 && status < 300;

/** Holds what was seen to the guarantees of the project. */
export function judge(observed: Observed): readonly Verdict[] {
  return [
    stored(observed),
    acceptedOnce(observed),
    inOrder(observed),
    oneAtATime(observed),
    independent(observed),
    effectsOnce(observed),
    nothingSilent(observed),
    nothingStuck(observed),
    refused(observed),
  ];
}

function stored({ events }: Observed): Verdict {
  const acknowledged = events.filter(({ told }) => told.some(isTaken));
  const lost = acknowledged.filter(({ state, audit }) => state === undefined || !audit.includes('accepted'));
  return {
    guarantee: 'G1',
    checked: 'acknowledged events that are in the ledger',
    count: acknowledged.length,
    broken: lost.map(nameOf),
  };
}

function acceptedOnce({ events }: Observed): Verdict {
  const broken = events.filter(({ told, audit }) => {
    const accepted = told.filter(({ said }) => said === 'accepted').length;
    const copies = told.filter((one) => isTaken(one)).length - 1;
    const noted = audit.filter((what) => what === 'duplicate' || what === 'reopened').length;
    return accepted !== 1 || audit.filter((what) => what === 'accepted').length !== 1 || noted < copies;
  });
  return {
    guarantee: 'G2',
    checked: 'copies of which one was accepted',
    count: events.reduce((sum, { told }) => sum + told.length, 0),
    broken: broken.map(nameOf),
  };
}

function inOrder({ events, effects }: Observed): Verdict {
  const ordered = events.filter(({ place }) => place !== undefined);
  const places = new Map(ordered.map((event) => [`${event.lane} ${event.eventId}`, event.place ?? 0]));
  const broken = [...effects].flatMap(([lane, ids]) => {
    const known = ids.flatMap((id) => places.get(`${lane} ${id}`) ?? []);
    const at = known.findIndex((place, n) => n > 0 && place < (known[n - 1] ?? 0));
    return at < 0 ? [] : [`${lane}: ${ids[at] ?? ''} after ${ids[at - 1] ?? ''}`];
  });
  return { guarantee: 'G3', checked: 'effects in the order of their lane', count: ordered.length, broken };
}

function oneAtATime({ calls }: Observed): Verdict {
  const lanes = Map.groupBy(calls, ({ lane }) => lane);
  const broken = [...lanes].flatMap(([lane, ofLane]) => {
    const ended = ofLane
      .filter((call): call is typeof call & { endedAt: number } => call.endedAt !== undefined)
      .sort((a, b) => a.startedAt - b.startedAt);
    return ended.some((call, n) => n > 0 && call.startedAt < (ended[n - 1]?.endedAt ?? 0)) ? [lane] : [];
  });
  return {
    guarantee: 'G3',
    checked: 'attempts one at a time within their lane',
    count: calls.length,
    broken,
  };
}

const independent = ({ delayed, heldLanes, events }: Observed): Verdict => ({
  guarantee: 'G4',
  checked: `events that ran while ${heldLanes.length} other lanes were held`,
  count: events.filter(({ lane }) => !heldLanes.includes(lane)).length,
  broken: delayed,
});

function effectsOnce({ events, effects, calls }: Observed): Verdict {
  const counts = new Map<string, number>();
  for (const [lane, ids] of effects) {
    for (const id of ids) counts.set(`${lane} ${id}`, (counts.get(`${lane} ${id}`) ?? 0) + 1);
  }
  const keys = Map.groupBy(calls, ({ event }) => event);
  const broken = events.filter((event) => {
    const count = counts.get(`${event.lane} ${event.eventId}`) ?? 0;
    const ofEvent = keys.get(nameOf(event)) ?? [];
    const isOneKey = new Set(ofEvent.map(({ idempotencyKey }) => idempotencyKey)).size <= 1;
    return count !== (event.state === 'processed' ? 1 : 0) || !isOneKey;
  });
  return {
    guarantee: 'G5, G6',
    checked: 'events with one effect, under one idempotency key',
    count: events.length,
    broken: broken.map(nameOf),
  };
}

/** Every attempt that the sink saw is in the audit, and every event has one end. */
function nothingSilent({ events, calls }: Observed): Verdict {
  const seen = Map.groupBy(calls, ({ event }) => event);
  const broken = events.filter((event) => {
    const started = event.audit.filter((what) => what === 'started').length;
    const processed = event.audit.filter((what) => what === 'processed').length;
    return started < (seen.get(nameOf(event))?.length ?? 0) || processed > 1;
  });
  return {
    guarantee: 'G7',
    checked: 'attempts seen by the sink that are in the audit',
    count: calls.length,
    broken: broken.map(nameOf),
  };
}

function nothingStuck({ events, attention }: Observed): Verdict {
  const open = events.filter(({ state }) => state !== 'processed');
  return {
    guarantee: 'G8',
    checked: 'events that came to their end, and nothing that needs attention',
    count: events.length,
    broken: [...open.map((event) => `${nameOf(event)} is ${event.state ?? 'unknown'}`), ...attention],
  };
}

function refused({ bad }: Observed): Verdict {
  const broken = bad.filter(({ expected, status }) => status !== expected);
  return {
    guarantee: 'input',
    checked: 'bad requests that were refused as such',
    count: bad.length,
    broken: broken.map(({ what, expected, status }) => `${what}: ${status} in place of ${expected}`),
  };
}
