import { asksToComeAgain, keep, type Answer } from './answer.ts';
import type { Delivery, Run } from './delivery.ts';
import { keepLease } from './lease.ts';
import type { Outcome } from './outcome.ts';
import type { OnThrow, Policy } from './policy.ts';
import { handlerFailed } from './problem.ts';
import type { Settings } from './settings.ts';
import type { Change, Committed, Completion, Held, Work } from './store.ts';
import { CommitRefused, looks, StoreUnavailable, within } from './within.ts';

/** What the handler came to. */
type Ended =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'threw'; readonly error: unknown; readonly answer: Answer }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'fenced' };

/** How long a failed record of a failure, or of an effect outside the store, is tried again. */
const settleForMs = 5_000;

const staleAnswer: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"stale":true}'),
};

/** One attempt of a claim that is held: runs the handler under a lease and records what came of it. */
export async function attemptOnce<Db>(
  held: Held,
  delivery: Delivery,
  run: Run<Db>,
  settings: Settings<Db>,
): Promise<Outcome> {
  const { store } = settings;
  const { version } = delivery;
  const work = store.begin(held);
  if (version !== undefined) {
    const newest = await within(
      settings.storeTimeoutMs,
      'reading a version',
      store.versionOf(version.entity),
    );
    if (newest !== undefined && newest > version.version) return staleWithout(work, held, settings);
  }

  const lease = keepLease(held, settings);
  try {
    const ended = await runHandler(held, work, run, settings, lease.lost);
    switch (ended.kind) {
      case 'answered':
        return await complete(work, held, ended.answer, version, settings);
      case 'threw':
        await work.rollback();
        return await recordFailure(held, ended, settings);
      case 'timeout':
        // The handler may go on: its claim stays until the lease ends, as if its process had died.
        await work.rollback();
        return { kind: 'interrupted', because: 'timeout', retryAfterMs: settings.leaseMs };
      case 'fenced':
        await work.rollback();
        return await fenced(held, settings);
    }
  } finally {
    lease.stop();
  }
}

async function runHandler<Db>(
  held: Held,
  work: Work<Db>,
  run: Run<Db>,
  settings: Settings<Db>,
  lost: Promise<'fenced'>,
): Promise<Ended> {
  const abort = new AbortController();
  const running = (async (): Promise<Ended> => {
    try {
      const answer = await run({ db: work.db, attempt: held.attempt, signal: abort.signal });
      if (!asksToComeAgain(answer.status)) return { kind: 'answered', answer };
      return { kind: 'threw', error: new Error(`the handler answered ${answer.status}`), answer };
    } catch (error) {
      return { kind: 'threw', error, answer: handlerFailed(statusOf(error)) };
    }
  })();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timeout' }), settings.timeoutMs);
  });
  const overtaken = lost.then((): Ended => ({ kind: 'fenced' }));
  const ended = await Promise.race([running, late, overtaken]);
  clearTimeout(timer);
  if (ended.kind === 'timeout' || ended.kind === 'fenced')
    abort.abort(new Error(`the attempt is over: ${ended.kind}`));
  return ended;
}

/** Errors may carry the status to answer, as those of `http-errors` do. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500;
  const status = 'status' in error ? error.status : 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : 500;
}

async function complete<Db>(
  work: Work<Db>,
  held: Held,
  answer: Answer,
  version: Completion['version'],
  settings: Settings<Db>,
): Promise<Outcome> {
  const completion = { answer: keep(answer, settings), retentionMs: settings.retentionMs, version };
  let committed: Committed;
  try {
    committed = await commit(work, completion, settings);
  } catch (error) {
    await work.rollback();
    return afterFailedCommit(error, held, answer, settings);
  }
  if (committed === 'committed') return { kind: 'ran', answer, attempt: held.attempt };
  if (committed === 'stale') return recordStale(held, settings);
  return fenced(held, settings);
}

/**
 * Tried once where effects and completion are one transaction. Without one the effect is done already, and only its record is missing:
 * tried again for a while.
 */
async function commit<Db>(
  work: Work<Db>,
  completion: Completion,
  { store, storeTimeoutMs }: Settings<Db>,
): Promise<Committed> {
  const turns = looks(performance.now() + settleForMs);
  for (;;) {
    try {
      return await within(storeTimeoutMs, 'committing', work.commit(completion));
    } catch (error) {
      if (store.transactional || error instanceof CommitRefused || (await turns.next()).done === true)
        throw error;
    }
  }
}

/**
 * A commit that failed may have happened nevertheless: the entry says whether it did. If it did not and the store speaks to us, the
 * commit was refused (a deferred constraint, an aborted transaction), which is the handler's failure.
 */
async function afterFailedCommit<Db>(
  error: unknown,
  held: Held,
  answer: Answer,
  settings: Settings<Db>,
): Promise<Outcome> {
  const found = await within(settings.storeTimeoutMs, 'reading a completion', settings.store.find(held.key));
  if (found?.owner === held.owner && found.state === 'complete') {
    return { kind: 'ran', answer, attempt: held.attempt };
  }
  // A lost connection may have left the commit under way, so this attempt must not be called a failure.
  if (!(error instanceof CommitRefused)) throw error;
  return recordFailure(held, { error, answer: handlerFailed(500) }, settings);
}

async function recordFailure<Db>(
  held: Held,
  { error, answer }: { readonly error: unknown; readonly answer: Answer },
  settings: Settings<Db>,
): Promise<Outcome> {
  const verdict = judge(error, settings.policy.onThrow);
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 1000);
  const change: Change =
    verdict === 'fail'
      ? { state: 'failed', answer: keep(answer, settings), detail }
      : { state: 'pending', detail };
  if (!(await record(held, change, settings))) return fenced(held, settings);
  return verdict === 'fail' ? { kind: 'failed', error, answer } : { kind: 'threw', error, answer };
}

function judge(error: unknown, onThrow: Policy['onThrow']): OnThrow {
  if (typeof onThrow !== 'function') return onThrow;
  try {
    return onThrow(error);
  } catch {
    // A judgement that fails must not lose the event.
    return 'retry';
  }
}

async function staleWithout<Db>(work: Work<Db>, held: Held, settings: Settings<Db>): Promise<Outcome> {
  await work.rollback();
  return recordStale(held, settings);
}

async function recordStale<Db>(held: Held, settings: Settings<Db>): Promise<Outcome> {
  const change: Change = {
    state: 'complete',
    answer: staleAnswer,
    detail: 'stale',
    retentionMs: settings.retentionMs,
  };
  if (!(await record(held, change, settings))) return fenced(held, settings);
  return { kind: 'stale', answer: staleAnswer };
}

/** Changes the claim's own entry; tries again for a while if the store does not answer. False: fenced. */
async function record<Db>(held: Held, change: Change, settings: Settings<Db>): Promise<boolean> {
  const { store } = settings;
  const turns = looks(performance.now() + settleForMs);
  for (;;) {
    try {
      const seen = { key: held.key, state: 'processing', owner: held.owner, attempt: held.attempt } as const;
      const done = await within(settings.storeTimeoutMs, 'recording an outcome', store.replace(seen, change));
      if (held.lane !== undefined) await store.releaseLane(held.lane, held.owner).catch(() => undefined);
      if (done) return true;
      // An earlier try may have been applied though its answer was lost.
      const found = await within(settings.storeTimeoutMs, 'recording an outcome', store.find(held.key));
      return found?.owner === held.owner && found.state === change.state;
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || (await turns.next()).done === true) throw error;
    }
  }
}

/** Whoever was overtaken is a copy like any other: perhaps the answer is there already. */
async function fenced<Db>(held: Held, settings: Settings<Db>): Promise<Outcome> {
  const found = await within(settings.storeTimeoutMs, 'looking for an answer', settings.store.find(held.key));
  settings.emit({ type: 'fenced', key: held.key, attempt: held.attempt });
  if (found !== undefined && (found.state === 'complete' || found.state === 'failed') && found.answer) {
    return { kind: 'replayed', state: found.state, answer: found.answer };
  }
  if (found?.state === 'quarantined') return { kind: 'quarantined' };
  return { kind: 'interrupted', because: 'fenced', retryAfterMs: 1000 };
}
