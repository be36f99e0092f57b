import { eventKey, type EventKey } from '../../ledger/keys.ts';
import { operatorMay } from '../../ledger/transitions.ts';
import type { OperationsDeps } from '../deps.ts';
import type { EventSummary } from '../event-summary.ts';
import { listEvents, type EventFilter } from '../lists/list-events.ts';
import type { Place } from '../lists/found-event.ts';
import { atATime, sideBySide } from '../lists/side-by-side.ts';
import type { Job, JobAction, Planned } from './job.ts';
import { writeJob, writePlanned, type StoredJob } from './job-store.ts';

/** A plan is made within one request; the page that reaches this number is its last. */
const mostEvents = 10_000;
const longestMs = 6000;
const onAPage = 200;

export interface JobRequest {
  readonly action: JobAction;
  readonly filter: Job['filter'];
  readonly reason: string;
  readonly actor: string;
  readonly ratePerSecond: number;
}

/** States from which an action is meant where the filter names none. A job never looks for more than what asks for attention, or is done. */
const statesOf: Readonly<Record<JobAction, readonly NonNullable<EventFilter['state']>[]>> = {
  redrive: ['failed', 'quarantined'],
  discard: ['failed', 'quarantined'],
  resolve: ['failed', 'quarantined'],
  replay: ['processed'],
};

/** Writes down what a job will act on, as it is now. Undefined: nothing matches. */
export async function planJob(request: JobRequest, deps: OperationsDeps): Promise<StoredJob | undefined> {
  const now = deps.now();
  const { events, isWhole } = await gather(request, deps);
  if (events.length === 0 && isWhole) return undefined;
  const lanes = [...new Set(events.map(({ lane }) => lane))];
  const oldest = events[0]?.acceptedAt;
  const { ratePerSecond } = request;
  const job: Job = {
    id: `${now.toISOString().replaceAll(/[-:.]/g, '')}-${deps.newId().slice(0, 8)}`,
    ...request,
    state: 'planned',
    createdAt: now,
    changedAt: now,
    plan: {
      events: events.length,
      lanes: lanes.length,
      ...(oldest !== undefined && { oldest: new Date(oldest) }),
      firstLanes: lanes.slice(0, 10),
      estimatedSeconds: Math.ceil(events.length / ratePerSecond),
      isWhole,
    },
    progress: { done: 0, refused: 0, movedOn: 0, left: events.length },
  };
  await writePlanned(job, events, deps);
  const { actor, reason } = request;
  return await writeJob(undefined, job, deps, { what: 'planned', actor, reason });
}

async function gather(
  { action, filter }: JobRequest,
  deps: OperationsDeps,
): Promise<{ readonly events: readonly Planned[]; readonly isWhole: boolean }> {
  const until = deps.now().getTime() + longestMs;
  const { from, to, state, ...texts } = filter;
  const states = state === undefined ? statesOf[action] : [state];
  const planned: Planned[] = [];
  let isWhole = true;
  for (const one of states.filter((state) => operatorMay[action](state))) {
    let place: Place | undefined;
    do {
      const asked: EventFilter = {
        ...texts,
        state: one,
        ...(from !== undefined && { from: new Date(from) }),
        // What happens from now on, be it by this very job, is not meant.
        to: to === undefined ? deps.now() : new Date(to),
      };
      const page = await listEvents(asked, onAPage, place, deps);
      // Page by page, so that reading them counts against the time as well.
      const numbered = await sideBySide(page.items, atATime, (event) => numberOf(event, deps));
      planned.push(...numbered.flatMap((event) => event ?? []));
      place = page.place;
    } while (place && planned.length < mostEvents && deps.now().getTime() < until);
    isWhole &&= place === undefined;
  }
  return { events: planned.sort(inOrder), isWhole };
}

/** The order in which the events of a lane were accepted is theirs. */
const inOrder = (a: Planned, b: Planned): number =>
  a.acceptedAt === b.acceptedAt ? (a.key < b.key ? -1 : 1) : a.acceptedAt < b.acceptedAt ? -1 : 1;

async function numberOf(
  { source, eventId, lane, state, acceptedAt }: EventSummary,
  { ledger }: OperationsDeps,
): Promise<Planned | undefined> {
  const key: EventKey = eventKey(source, eventId);
  const newest = await ledger.newest(key);
  if (newest?.state !== state || acceptedAt === undefined) return undefined;
  return { key, lane: lane ?? key, acceptedAt: acceptedAt.toISOString(), entry: newest.number };
}
