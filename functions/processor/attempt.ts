import type { HandlerContext, Result, WebhookEvent } from '../handler-api/handler.ts';
import { idempotencyKey } from '../handler-api/idempotency-key.ts';
import { raiseAttention } from '../lane/attention.ts';
import { settle, type Settling, type SettleOutcome } from '../lane/settle.ts';
import { takeTurn } from '../lane/turn.ts';
import { armWatch, firstWatch } from '../lane/watch.ts';
import { following, type Entry, type NewEntry } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import type { Disposition, ProcessorDeps } from './deps.ts';
import { collectEffects } from './effects.ts';
import { handlerEvent } from './handler-event.ts';
import { judge, type HandlerOutcome, type Verdict } from './handler-outcome.ts';
import { untilDeadline } from './until-deadline.ts';
import type { Work } from './work.ts';

/** Too little to run a handler and settle it: the attempt is put off instead. */
const shortestLeaseMs = 2000;
/** Left to the attempt for settling once the handler was told to stop. */
const settleMs = 1000;

/** `again`: somebody else got in between; read and decide anew. */
export type AttemptOutcome = Disposition | 'again';

/** One attempt: take the lease (and the turn), run the handler, settle. */
export async function attempt(
  work: Work & { readonly record: { readonly event: StoredEvent } },
  run: { readonly attempt: number; readonly redriven: boolean },
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const { received, key } = work;
  const leaseLeftMs = () => received.deadline.getTime() - deps.now().getTime();
  if (leaseLeftMs() < shortestLeaseMs) return { kind: 'later', afterSeconds: 1 };

  const started = await begin(work, run, deps);
  if (started === 'again') return 'again';
  const { entry, settling } = started;
  if (leaseLeftMs() < shortestLeaseMs) return await putOff(entry, settling, deps);

  const startedAt = deps.now();
  const outcome = await runHandler(work, entry, leaseLeftMs() - settleMs, deps);
  const durationMs = deps.now().getTime() - startedAt.getTime();

  const verdict = judge(outcome, run.attempt, work.source, deps.random);
  let settled = await record(verdict, entry, durationMs, settling, received.deadline, deps);
  if (settled.kind === 'effects-refused') {
    const refused: HandlerOutcome = { kind: 'threw', error: new Error(settled.reason) };
    const instead = judge(refused, run.attempt, work.source, deps.random);
    settled = await record(instead, entry, durationMs, settling, received.deadline, deps);
  }
  if (settled.kind !== 'appended') {
    const by = settled.kind === 'fenced' ? (settled.by?.state ?? 'unknown') : settled.kind;
    const reason = `attempt ${run.attempt} had lost its lease when it wanted to settle; found ${by}`;
    await deps.ledger.note(key, { what: 'fenced', actor: deps.worker, attempt: run.attempt, reason });
    return 'again';
  }
  return dispositionOf(settled.entry, deps.now());
}

async function begin(
  work: Work,
  run: { readonly attempt: number; readonly redriven: boolean },
  deps: ProcessorDeps,
): Promise<'again' | { readonly entry: Entry; readonly settling: Settling }> {
  const { key, sourceName, laneName, received, message, candidate, record } = work;
  const isLastReceive = received.receiveCount >= deps.maxReceiveCount;
  // Nobody will be told should this attempt die: whatever follows in the lane has to find its turn taken.
  const evenIfOpen = isLastReceive;
  const move = work.isLaned
    ? takeTurn(work.lane, candidate, { laneName, evenIfOpen }, deps)
    : { items: [], lane: undefined };
  const now = deps.now();
  const attention = { key, source: sourceName, lane: laneName, reason: 'last-receive', at: now };
  const raised = isLastReceive ? [raiseAttention(deps.stateTable, attention)] : [];
  const { number } = following(work.newest);
  // It had come to rest, and nobody watches what rests: should its message be lost, the sweeper has to know that it is on its way again.
  const watched = run.redriven
    ? [armWatch(deps.stateTable, { key, lane: laneName, ...firstWatch(now), entryNumber: number })]
    : [];

  const outcome = await deps.ledger.append(
    key,
    {
      ...following(work.newest),
      ...(work.newest === undefined ? { lane: laneName } : {}),
      state: 'processing',
      actor: deps.worker,
      worker: deps.worker,
      attempt: run.attempt,
      leaseUntil: received.deadline,
      messageId: received.messageId,
      copy: message.copy,
      ...(move.lane?.turn === key ? { hasTurn: true } : {}),
      ...(run.redriven ? { redriven: true } : {}),
      ...(isLastReceive ? { lastReceive: true } : {}),
    },
    { lane: move.items, upkeep: [...raised, ...watched] },
  );
  if (outcome.kind !== 'appended') return 'again';
  const { entry } = outcome;
  return { entry, settling: { ...work, lane: move.lane, entries: [...record.entries, entry] } };
}

/** The lease is nearly over before the handler began: nothing ran, so the attempt does not count. */
async function putOff(entry: Entry, settling: Settling, deps: ProcessorDeps): Promise<AttemptOutcome> {
  const nextAt = new Date(deps.now().getTime() + 1000);
  const error = { name: 'LeaseTooShort', message: 'the lease was nearly over before the handler began' };
  const next: NewEntry = {
    ...following(entry),
    state: 'retrying',
    actor: deps.worker,
    attempt: entry.attempt - 1,
    nextAt,
    error,
  };
  const settled = await settle(settling, next, [], deps);
  return settled.kind === 'appended' ? { kind: 'later', afterSeconds: 1 } : 'again';
}

async function runHandler(
  {
    record: { event: stored },
    source,
    key,
  }: { record: { event: StoredEvent }; source: Work['source']; key: Work['key'] },
  entry: Entry,
  timeMs: number,
  deps: ProcessorDeps,
): Promise<HandlerOutcome> {
  const handler = deps.handlerFor(stored);
  if (handler === undefined) return { kind: 'no-handler' };
  const { signal, cancel } = deps.abortAfter(timeMs);
  const effects = collectEffects();
  try {
    const event = await readHandlerEvent(stored, source, deps);
    const ctx: HandlerContext = {
      idempotencyKey: idempotencyKey(key, entry.replay),
      attempt: entry.attempt,
      correlationId: stored.correlationId,
      signal,
      log: deps.log,
      now: deps.now,
      transact: (items) => effects.add(items),
      once: deps.once(key, entry.replay),
    };
    const result = await handler(event, ctx);
    return { kind: 'returned', result: asResult(result), effects: effects.close() };
  } catch (error) {
    effects.close();
    deps.log.warn('an attempt failed', { event: key, attempt: entry.attempt, error });
    return { kind: 'threw', error };
  } finally {
    cancel();
  }
}

/** Handlers are the user's: what they return is looked at before it is believed. */
const asResult = (result: unknown): Result | undefined =>
  typeof result === 'object' && result !== null ? (result as Result) : undefined;

async function readHandlerEvent(
  stored: StoredEvent,
  source: Work['source'],
  deps: ProcessorDeps,
): Promise<WebhookEvent> {
  const raw = await deps.ledger.readBody(stored);
  if (raw === undefined) throw new Error('the body is no longer in the bucket');
  const read = await handlerEvent(stored, raw, source);
  if (read.kind === 'unreadable') throw new Error(`the source no longer reads this body: ${read.reason}`);
  return read.event;
}

function record(
  verdict: Verdict,
  processing: Entry,
  durationMs: number,
  settling: Settling,
  deadline: Date,
  deps: ProcessorDeps,
): Promise<SettleOutcome> {
  const { entry, effects } = entryOf(verdict, processing, durationMs, deps);
  // One nonce over all tries: a try whose answer was lost is found out as our own.
  const own = { ...entry, nonce: deps.newId() };
  return untilDeadline(() => settle(settling, own, effects, deps), deadline, deps);
}

function entryOf(verdict: Verdict, processing: Entry, durationMs: number, deps: ProcessorDeps) {
  const common = { ...following(processing), actor: deps.worker, durationMs };
  switch (verdict.kind) {
    case 'processed':
    case 'ignored': {
      const { effects } = verdict;
      const entry: NewEntry =
        verdict.kind === 'ignored'
          ? { ...common, state: 'ignored', reason: verdict.reason }
          : {
              ...common,
              state: 'processed',
              ...(verdict.result === undefined ? {} : { result: verdict.result }),
            };
      return { entry, effects };
    }
    case 'retry': {
      const nextAt = new Date(deps.now().getTime() + verdict.afterSeconds * 1000);
      const entry: NewEntry = { ...common, state: 'retrying', nextAt, error: verdict.error };
      return { entry, effects: [] };
    }
    case 'fail': {
      const from = processing.state === 'processing' ? processing : undefined;
      const message = from && { messageId: from.messageId, copy: from.copy };
      const entry: NewEntry = {
        ...common,
        ...message,
        state: 'failed',
        cause: verdict.cause,
        error: verdict.error,
      };
      return { entry, effects: [] };
    }
  }
}

function dispositionOf(entry: Entry, now: Date): Disposition {
  if (entry.state === 'retrying') {
    return {
      kind: 'later',
      afterSeconds: Math.max(1, Math.ceil((entry.nextAt.getTime() - now.getTime()) / 1000)),
    };
  }
  return { kind: entry.state === 'failed' ? 'dead-letter' : 'done' };
}
