import type { Held } from './store.ts';
import type { Settings } from './settings.ts';
import { deferred, within } from './within.ts';

export interface Lease {
  /** Resolves when the claim is known to be lost. */
  readonly lost: Promise<'fenced'>;
  stop(): void;
}

/**
 * Renews three times per lease. A renewal that fails is tried again at the next beat: the fence, not the timer, keeps a stale owner from
 * committing.
 */
export function keepLease<Db>(held: Held, settings: Settings<Db>): Lease {
  const { store, leaseMs, emit } = settings;
  const lost = deferred<'fenced'>();
  let isRenewing = false;

  const beat = async () => {
    if (isRenewing) return;
    isRenewing = true;
    try {
      const kept = await within(settings.storeTimeoutMs, 'renewing a lease', store.renew(held, leaseMs));
      if (!kept) lost.resolve('fenced');
    } catch (error) {
      emit({ type: 'renewal-failed', key: held.key, attempt: held.attempt, error });
    } finally {
      isRenewing = false;
    }
  };
  const timer = setInterval(() => void beat(), Math.max(leaseMs / 3, 10));
  return { lost: lost.promise, stop: () => clearInterval(timer) };
}
