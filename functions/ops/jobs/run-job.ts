import type { Entry } from '../../ledger/entry.ts';
import { isEventKey, parseEventKey } from '../../ledger/keys.ts';
import { discard, redrive, replay, resolve, type Action } from '../../lane/repair.ts';
import { UnreadableItem } from '../../ledger/unreadable.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Job, JobAction, Planned } from './job.ts';
import { readJob, readPlanned, writeJob, type StoredJob } from './job-store.ts';

/** One request runs a job for so long; whoever wants it to go on asks again. */
const longestMs = 4000;
/** Events between two notes of the progress. */
const mostAtOnce = 25;

type Outcome = 'done' | 'refused' | 'movedOn';

/**
 * Goes on with a job for a few seconds. Progress is written after every few events. A run that died before it wrote finds by the entries what it had
 * done. `refused`: the job does not run in this state, or somebody else runs it at the same time.
 */
export async function runJob(
  stored: StoredJob,
  who: { readonly actor: string; readonly reason: string },
  deps: OperationsDeps,
): Promise<{ readonly kind: 'ran' | 'refused'; readonly job: Job }> {
  if (stored.job.state === 'cancelled' || stored.job.state === 'finished')
    return { kind: 'refused', job: stored.job };
  const until = deps.now().getTime() + longestMs;
  let current = await takeOver(stored, who, deps);
  if (current === undefined) return await refused(stored.job, deps);
  do {
    const { job } = current;
    const events = (await readPlanned(job.id, placeIn(job), deps)).slice(0, chunkOf(job));
    const began = deps.now().getTime();
    const outcomes = await actOn(events, job, deps);
    const after = await writeJob(current, progressed(job, outcomes, deps.now()), deps);
    // Who paused, cancelled or ran it meanwhile has the last word. What this run did is found by its entries.
    if (after === undefined) return await refused(job, deps);
    current = after;
    const restMs = (events.length / job.ratePerSecond) * 1000 - (deps.now().getTime() - began);
    if (current.job.progress.left > 0 && restMs > 0) await deps.sleep(restMs);
  } while (current.job.progress.left > 0 && deps.now().getTime() < until);
  return { kind: 'ran', job: current.job };
}

/** A run of a few seconds that goes on with the one before is not audited anew; who begins, goes on with a paused job or takes it over is. */
async function takeOver(
  stored: StoredJob,
  { actor, reason }: { readonly actor: string; readonly reason: string },
  deps: OperationsDeps,
): Promise<StoredJob | undefined> {
  const { job } = stored;
  if (job.state === 'running' && job.runBy === actor) return stored;
  const taken: Job = { ...job, state: 'running', runBy: actor, changedAt: deps.now() };
  return await writeJob(stored, taken, deps, { what: 'run', actor, reason });
}

const refused = async (job: Job, deps: OperationsDeps) =>
  ({ kind: 'refused', job: (await readJob(job.id, deps))?.job ?? job }) as const;

const placeIn = ({ progress: { done, refused, movedOn } }: Job): number => done + refused + movedOn;

const chunkOf = ({ ratePerSecond }: Job): number => Math.min(mostAtOnce, ratePerSecond);

function progressed(job: Job, outcomes: readonly Outcome[], now: Date): Job {
  const count = (what: Outcome) => job.progress[what] + outcomes.filter((one) => one === what).length;
  // A part that is gone would never be come by.
  const left = outcomes.length === 0 ? 0 : job.progress.left - outcomes.length;
  return {
    ...job,
    state: left === 0 ? 'finished' : 'running',
    changedAt: now,
    progress: { done: count('done'), refused: count('refused'), movedOn: count('movedOn'), left },
  };
}

/** Lanes side by side, the events of each one after the other. */
async function actOn(
  events: readonly Planned[],
  job: Job,
  deps: OperationsDeps,
): Promise<readonly Outcome[]> {
  const lanes = Map.groupBy(events, ({ lane }) => lane);
  const ofLanes = await Promise.all(
    [...lanes.values()].map(async (ofLane) => {
      const outcomes: Outcome[] = [];
      for (const event of ofLane) outcomes.push(await actOnOne(event, job, deps));
      return outcomes;
    }),
  );
  return ofLanes.flat();
}

async function actOnOne(
  { key, entry }: Planned,
  { id, action, actor, reason }: Job,
  deps: OperationsDeps,
): Promise<Outcome> {
  const names = parseEventKey(key);
  if (names === undefined || !isEventKey(key)) return 'refused';
  const because = reasonOf(reason, id);
  const isAsPlanned = async () => (await deps.ledger.newest(key))?.number === entry;
  try {
    if (await isAsPlanned()) {
      const outcome = await act(action, { ...names, actor, reason: because, seenEntry: entry }, deps);
      if (outcome.kind === 'done') return 'done';
      if (outcome.kind === 'not-found' || (await isAsPlanned())) return 'refused';
    }
    const { entries } = await deps.ledger.read(key);
    const isOurOwn = entries.some((one) => one.number === entry + 1 && isOurs(one, actor, because));
    return isOurOwn ? 'done' : 'movedOn';
  } catch (error) {
    if (error instanceof UnreadableItem) return 'refused';
    throw error;
  }
}

/** As the audit has it: which job it was, behind the operator's reason. */
const reasonOf = (reason: string, id: string): string => `${reason} (job ${id})`;

const isOurs = (entry: Entry, actor: string, reason: string): boolean =>
  entry.actor === actor && 'reason' in entry && entry.reason === reason;

function act(action: JobAction, asked: Action, deps: OperationsDeps) {
  switch (action) {
    case 'redrive':
      return redrive(asked, deps);
    case 'replay':
      return replay(asked, deps);
    case 'discard':
      return discard(asked, deps);
    case 'resolve':
      return resolve(asked, deps);
  }
}
