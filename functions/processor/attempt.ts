import type { HandlerContext, Result } from '../api/handler.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { after, longestInQueueSeconds } from '../lane/due.ts';
import { settle, type SettleOutcome } from '../lane/settle.ts';
import type { Entry, NewEntry } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import { attemptsUsed, type Run } from './decide-message.ts';
import type { Disposition, ProcessorDeps } from './deps.ts';
import { attemptRules, type ReceivedEvent } from './received-event.ts';
import { collectEffects } from './effects.ts';
import { fanOut } from './fan-out.ts';
import { asProbe, conclude, type HandlerOutcome, type Conclusion } from './handler-outcome.ts';
import { later } from './later.ts';
import type { Passed } from './pass-gate.ts';
import { prepare, type Prepared } from './prepare.ts';
import { tellBreaker, tellOfSilence } from './tell-breaker.ts';
import { traced } from './traced.ts';
import { untilDeadline } from './until-deadline.ts';
import { waitingEntry } from './waiting-entry.ts';

/** With less time left than this a handler is not started: the attempt is put off. */
const shortestLeaseMs = 2000;
/** Time kept for settling the attempt after the handler was told to stop. */
const settleMs = 1000;

/** `again`: another worker or an operator changed the event meanwhile. Read it and decide anew. */
export type AttemptOutcome = Disposition | 'again';

/** An attempt that has begun: the event as it stands now, and the entry that says so. */
interface Begun {
  readonly work: ReceivedEvent;
  readonly entry: Entry;
}

/** One attempt: take the lease (and the turn), run the handler, settle. `prepared`: where that was asked for before the gate. */
export async function attempt(
  work: ReceivedEvent,
  { attempt: number, event }: Run,
  passed: Passed,
  prepared: Prepared | undefined,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const { key, received } = work;
  const leaseLeftMs = () => received.deadline.getTime() - deps.now().getTime();
  if (leaseLeftMs() < shortestLeaseMs) return { kind: 'later', afterSeconds: 1 };

  const started = await begin(work, number, passed, deps);
  if (started === 'again') return 'again';
  if (leaseLeftMs() < shortestLeaseMs) return await putOff(started, deps);

  const startedAt = deps.now();
  let outcome = await runHandler(started, event, prepared, () => leaseLeftMs() - settleMs, deps);
  const durationMs = deps.now().getTime() - startedAt.getTime();

  const record = async (mayWait: boolean): Promise<SettleOutcome> => {
    // Handing on is tried without end, but not what comes before it.
    const rules = outcome.kind === 'unready' ? work.source : attemptRules(work);
    const concluded = conclude(outcome, number, rules, deps.random, mayWait);
    const conclusion = passed.isProbe ? asProbe(concluded) : concluded;
    const entry = { ...entryOf(conclusion, started, durationMs, deps), nonce: deps.newId() };
    const effects = outcome.kind === 'returned' ? outcome.effects : [];
    return await untilDeadline(() => settle(started.work, entry, deps, effects), received.deadline, deps);
  };
  const until = waitsUntil(work);
  let settled = await record(until === undefined || until > deps.now());
  if (settled.kind === 'effects-refused') {
    outcome = { kind: 'threw', error: new Error(settled.reason) };
    settled = await record(false);
  }
  await tellBreaker(work, passed, outcome, startedAt, deps);
  if (settled.kind === 'appended') return dispositionOf(settled.entry, deps.now());
  const by = settled.kind === 'fenced' ? (settled.by?.state ?? 'unknown') : settled.kind;
  const reason = `attempt ${number} had lost its lease when it wanted to settle; found ${by}`;
  await deps.ledger.note(key, { what: 'fenced', actor: deps.worker, attempt: number, reason });
  return 'again';
}

async function begin(
  work: ReceivedEvent,
  number: number,
  { isProbe }: Passed,
  deps: ProcessorDeps,
): Promise<'again' | Begun> {
  const { worker } = deps;
  const leaseUntil = work.received.deadline;
  const processing = {
    state: 'processing',
    actor: worker,
    worker,
    attempt: number,
    leaseUntil,
    ...(isProbe ? { isProbe } : {}),
  } as const;
  const settled = await settle(work, processing, deps);
  if (settled.kind !== 'appended') return 'again';
  if (work.newest?.state === 'processing') await tellOfSilence(work, deps);
  const { entry, lane } = settled;
  const record = { ...work.record, entries: [...work.record.entries, entry] };
  return { work: { ...work, record, newest: entry, lane }, entry };
}

/** The lease is nearly over and the handler has not begun: nothing ran, so no attempt is counted. */
async function putOff({ work, entry }: Begun, deps: ProcessorDeps): Promise<AttemptOutcome> {
  const nextAt = after(deps.now(), 1);
  const error = { name: 'LeaseTooShort', message: 'the lease was nearly over before the handler began' };
  const actor = deps.worker;
  const next: NewEntry = { state: 'retrying', actor, attempt: entry.attempt - 1, nextAt, error };
  const settled = await settle(work, next, deps);
  return settled.kind === 'appended' ? { kind: 'later', afterSeconds: 1 } : 'again';
}

async function runHandler(
  { work, entry }: Begun,
  stored: StoredEvent,
  prepared: Prepared | undefined,
  timeMs: () => number,
  deps: ProcessorDeps,
): Promise<HandlerOutcome> {
  const ready = prepared ?? (await prepare(work, stored, deps));
  if (ready.kind === 'unready') warn(work, entry, ready.error, deps);
  if (ready.kind === 'hand-on') return await handOn(stored, ready.subscribers, entry.replay, deps);
  if (ready.kind !== 'run') return ready;
  const { signal, cancel } = deps.abortAfter(timeMs());
  const effects = collectEffects(deps.ownTables);
  const ctx: HandlerContext = {
    idempotencyKey: idempotencyKey(work.key, entry.replay),
    attempt: entry.attempt,
    correlationId: stored.correlationId,
    signal,
    log: deps.log,
    now: deps.now,
    transact: (items) => effects.add(items),
    once: deps.once(work.key, entry.replay),
  };
  try {
    const result = await traced(stored, entry.attempt, (traceParent) =>
      ready.handler(ready.event, { ...ctx, ...(traceParent !== undefined && { traceParent }) }),
    );
    return { kind: 'returned', result: asResult(result), effects: effects.close() };
  } catch (error) {
    effects.close();
    warn(work, entry, error, deps);
    return { kind: 'threw', error };
  } finally {
    cancel();
  }
}

const warn = ({ key }: ReceivedEvent, { attempt }: Entry, error: unknown, { log }: ProcessorDeps): void =>
  log.warn('an attempt failed', { event: key, attempt, error });

async function handOn(
  stored: StoredEvent,
  subscribers: readonly string[],
  replay: number,
  deps: ProcessorDeps,
): Promise<HandlerOutcome> {
  try {
    return { kind: 'returned', result: await fanOut(stored, subscribers, replay, deps), effects: [] };
  } catch (error) {
    deps.log.warn('an event could not be handed on', { event: `${stored.source}#${stored.eventId}`, error });
    return { kind: 'threw', error };
  }
}

/** A handler is the user's code: its result is validated before it is recorded. */
const asResult = (result: unknown): Result | undefined =>
  typeof result === 'object' && result !== null ? (result as Result) : undefined;

function entryOf(
  conclusion: Conclusion,
  { work, entry }: Begun,
  durationMs: number,
  deps: ProcessorDeps,
): NewEntry {
  const { worker: actor } = deps;
  switch (conclusion.state) {
    case 'processed':
    case 'ignored':
    case 'failed':
      return { ...conclusion, actor, durationMs };
    case 'retrying': {
      const { state, afterSeconds, error } = conclusion;
      const parked = afterSeconds > longestInQueueSeconds ? { parked: true } : {};
      const nextAt = after(deps.now(), afterSeconds);
      return { state, actor, durationMs, nextAt, error, attempt: attemptsUsed(entry), ...parked };
    }
    case 'waiting': {
      const { needs, timeoutSeconds = work.rules.gapTimeoutSeconds } = conclusion;
      const until = waitsUntil(work) ?? after(deps.now(), timeoutSeconds);
      const reason = `its handler waits for ${needs.join(', ')}`;
      return { ...waitingEntry(work, reason, actor), attempt: entry.attempt - 1, needs, until };
    }
  }
}

/** When its handler may wait no longer: counted from the first `WaitFor` since the event was accepted or put back. */
function waitsUntil({ record: { entries }, newest }: ReceivedEvent): Date | undefined {
  const generation = newest?.generation ?? 0;
  const deadlines = entries.map((entry) =>
    entry.state === 'waiting' && entry.generation === generation ? entry.until : undefined,
  );
  return deadlines.find((until) => until !== undefined);
}

function dispositionOf(entry: Entry, now: Date): Disposition {
  return entry.state === 'retrying' && entry.parked !== true ? later(entry.nextAt, now) : { kind: 'done' };
}
