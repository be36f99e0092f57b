import { attemptOnce } from './attempt.ts';
import { claim, giveBack } from './claim.ts';
import type { Delivery, Run } from './delivery.ts';
import { forCopy, type Outcome } from './outcome.ts';
import type { Settings } from './settings.ts';
import type { Held } from './store.ts';
import { deferred, looks, within } from './within.ts';

interface Running {
  readonly digest: string | undefined;
  readonly outcome: Promise<Outcome>;
}

export type Consume<Db> = (delivery: Delivery, run: Run<Db>) => Promise<Outcome>;

/** Copies that meet in one process share one claim, so that they cost the store nothing. */
export function createConsume<Db>(settings: Settings<Db>): Consume<Db> {
  const running = new Map<string, Running>();

  return async (delivery, run) => {
    const startedAt = performance.now();
    const scoped = inScope(delivery, settings.scope);
    const first = running.get(scoped.key);
    if (first !== undefined) return joined(scoped, first, settings, startedAt);

    const outcome = consumeAlone(scoped, run, settings, startedAt);
    running.set(scoped.key, { digest: delivery.digest, outcome });
    try {
      return await outcome;
    } finally {
      running.delete(scoped.key);
    }
  };
}

/** Handlers with a scope of their own share neither keys nor lanes nor versions. */
function inScope({ key, digest, lane, version }: Delivery, scope: string): Delivery {
  return {
    key: scope + key,
    digest,
    lane: lane === undefined ? undefined : scope + lane,
    version: version && { ...version, entity: scope + version.entity },
  };
}

async function joined<Db>(
  { key, digest }: Delivery,
  first: Running,
  settings: Settings<Db>,
  startedAt: number,
): Promise<Outcome> {
  const report = (type: 'mismatch' | 'replayed' | 'running') =>
    settings.emit({ type, key, ms: performance.now() - startedAt });
  if (digest !== undefined && first.digest !== undefined && digest !== first.digest) {
    report('mismatch');
    return { kind: 'mismatch' };
  }
  const late = deferred<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), settings.waitMs);
  const outcome = await Promise.race([first.outcome, late.promise]);
  clearTimeout(timer);
  if (outcome === undefined) {
    report('running');
    return { kind: 'running', retryAfterMs: 1000, because: 'copy' };
  }
  const copy = forCopy(outcome);
  if (copy.kind === 'replayed') report('replayed');
  return copy;
}

async function consumeAlone<Db>(
  delivery: Delivery,
  run: Run<Db>,
  settings: Settings<Db>,
  startedAt: number,
): Promise<Outcome> {
  const { key } = delivery;
  const deadline = startedAt + settings.waitMs;
  const ms = () => performance.now() - startedAt;
  try {
    const claimed = await claim(delivery, settings, deadline);
    if (claimed.kind !== 'mine') {
      if (claimed.kind === 'replayed' || claimed.kind === 'running' || claimed.kind === 'mismatch') {
        settings.emit({ type: claimed.kind, key, ms: ms() });
      }
      return claimed;
    }
    const held: Held = { ...claimed.held, lane: delivery.lane };
    settings.emit({ type: claimed.tookOver ? 'took-over' : 'claimed', key, attempt: held.attempt, ms: ms() });

    const hasLane = await takeLane(held, settings, deadline).catch(async (error: unknown) => {
      void giveBack(held, settings, held.attempt - 1).catch(() => undefined);
      throw error;
    });
    if (!hasLane) {
      await giveBack(held, settings, held.attempt - 1);
      settings.emit({ type: 'lane-busy', key, ms: ms() });
      return { kind: 'running', retryAfterMs: 1000, because: 'lane' };
    }
    const outcome = await attemptOnce(held, delivery, run, settings);
    // That it was fenced is reported where it was noticed.
    if (outcome.kind !== 'interrupted' || outcome.because === 'timeout') {
      const error = 'error' in outcome ? { error: outcome.error } : {};
      settings.emit({ type: reported[outcome.kind], key, attempt: held.attempt, ms: ms(), ...error });
    }
    return outcome;
  } catch (error) {
    settings.emit({ type: 'store-unavailable', key, ms: ms(), error });
    return { kind: 'unavailable', error };
  }
}

const reported = {
  ran: 'completed',
  replayed: 'replayed',
  stale: 'stale',
  threw: 'threw',
  failed: 'failed',
  running: 'running',
  quarantined: 'quarantined',
  mismatch: 'mismatch',
  interrupted: 'timed-out',
  unavailable: 'store-unavailable',
} as const;

async function takeLane<Db>(held: Held, settings: Settings<Db>, deadline: number): Promise<boolean> {
  const { lane, owner } = held;
  if (lane === undefined) return true;
  const turns = looks(deadline);
  const take = () =>
    within(settings.storeTimeoutMs, 'taking a lane', settings.store.takeLane(lane, owner, settings.leaseMs));
  let renewedAt = performance.now();
  while (!(await take())) {
    if ((await turns.next()).done === true) return false;
    // The claim must not lapse while its lane is waited for.
    if (performance.now() - renewedAt > settings.leaseMs / 3) {
      renewedAt = performance.now();
      const own = { ...held, lane: undefined };
      if (
        !(await within(
          settings.storeTimeoutMs,
          'renewing a lease',
          settings.store.renew(own, settings.leaseMs),
        ))
      ) {
        return false;
      }
    }
  }
  return true;
}
