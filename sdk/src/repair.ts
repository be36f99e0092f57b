import type { Answer } from './answer.ts';
import type { Found, State } from './entry.ts';
import type { Store } from './store.ts';

/** `stuck`: an attempt whose lease is over, and nobody came since. */
export type ListedState = State | 'stuck';

/** What needs a person's eyes, oldest change first. */
export async function list<Db>(
  store: Store<Db>,
  state: ListedState,
  options: { readonly limit?: number } = {},
): Promise<Found[]> {
  const limit = options.limit ?? 100;
  if (state === 'stuck' || state === 'quarantined') await quarantineLapsed(store);
  if (state === 'stuck') return store.list({ state: 'processing', lapsed: true, limit });
  return store.list({ state, limit });
}

/**
 * Quarantines attempts that died under `onCrash: 'quarantine'`, which otherwise happens when their next copy comes. Returns how many.
 */
export async function quarantineLapsed<Db>(store: Store<Db>): Promise<number> {
  let quarantined = 0;
  for (const entry of await store.list({ state: 'processing', lapsed: true, limit: 1000 })) {
    if (entry.onCrash !== 'quarantine') continue;
    const change = { state: 'quarantined', detail: 'an attempt ended without a word' } as const;
    if (await store.replace(entry, change)) quarantined += 1;
  }
  return quarantined;
}

export type Repaired = 'done' | 'not-found' | 'not-allowed' | 'changed-meanwhile';

/** Lets the next copy run again: of a failed, quarantined or stuck event. The sender has to send one; bodies are not kept. */
export async function retry<Db>(store: Store<Db>, key: string, reason: string): Promise<Repaired> {
  return repair(store, key, (entry) => ({
    state: 'pending',
    detail: `retry: ${reason}`,
    attempt: entry.attempt,
  }));
}

/** Closes a failed, quarantined, stuck or pending event by hand: later copies get `answer` (default 204) and nothing runs. */
export async function resolve<Db>(
  store: Store<Db>,
  key: string,
  reason: string,
  options: { readonly answer?: Answer; readonly retentionDays?: number } = {},
): Promise<Repaired> {
  const answer = options.answer ?? { status: 204, headers: {}, body: new Uint8Array() };
  const retentionMs = (options.retentionDays ?? 30) * 86_400_000;
  return repair(
    store,
    key,
    () => ({ state: 'complete', answer, retentionMs, detail: `resolved: ${reason}` }),
    ['pending'],
  );
}

async function repair<Db>(
  store: Store<Db>,
  key: string,
  changeOf: (entry: Found) => Parameters<Store['replace']>[1],
  more: readonly State[] = [],
): Promise<Repaired> {
  const entry = await store.find(key);
  if (entry === undefined) return 'not-found';
  const isStuck = entry.state === 'processing' && entry.leaseLeftMs <= 0;
  const mayBe =
    entry.state === 'failed' || entry.state === 'quarantined' || isStuck || more.includes(entry.state);
  if (!mayBe) return 'not-allowed';
  return (await store.replace(entry, changeOf(entry))) ? 'done' : 'changed-meanwhile';
}

/** Deletes what its retention is over for, and quarantines what died under that policy. Returns how many of each. */
export async function sweep<Db>(store: Store<Db>): Promise<{ deleted: number; quarantined: number }> {
  const quarantined = await quarantineLapsed(store);
  let deleted = 0;
  for (;;) {
    const some = await store.sweep(sweepAtOnce);
    deleted += some;
    if (some < sweepAtOnce) return { deleted, quarantined };
  }
}

/** Small transactions, so that claims are not held up. */
const sweepAtOnce = 500;

/** Sweeps now and then. Does not keep the process alive. Returns the function that ends it. */
export function startSweeper<Db>(
  store: Store<Db>,
  options: { readonly everyMs?: number; readonly onError?: (error: unknown) => void } = {},
): () => void {
  let isSweeping = false;
  const timer = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweep(store)
      .catch((error: unknown) => options.onError?.(error))
      .finally(() => (isSweeping = false));
  }, options.everyMs ?? 60_000);
  timer.unref();
  return () => clearInterval(timer);
}
