import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { decide } from './decide.ts';
import type { Delivery } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import type { Settings } from './settings.ts';
import type { Held } from './store.ts';
import { looks, within } from './within.ts';
import { noAnswer } from './problem.ts';

export type Claimed = { readonly kind: 'mine'; readonly held: Held; readonly tookOver: boolean } | Outcome;

/** Host and process for whoever reads the list of stuck events; random, so that no two claims are alike. */
export const newOwner = (): string => `${hostname().slice(0, 100)}/${process.pid}/${randomUUID()}`;

/**
 * The durable claim that comes before the handler. One call of the store for a first copy and for one whose answer is known. A copy that
 * meets a running one looks again until `deadline`, holding nothing.
 */
export async function claim<Db>(
  delivery: Delivery,
  settings: Settings<Db>,
  deadline: number,
): Promise<Claimed> {
  const { store, leaseMs, policy } = settings;
  const { key, digest } = delivery;
  const ask = <T>(what: string, promise: Promise<T>) => within(settings.storeTimeoutMs, what, promise);
  const owner = newOwner();
  const held: Held = { key, owner, attempt: 1 };

  const inserting = store.insert({ key, owner, digest, onCrash: policy.onCrash, leaseMs });
  let found = await ask('claiming a key', inserting).catch((error: unknown) => {
    // Nothing runs for this claim: should it have been recorded, or still be, the next copy need not wait for its lease.
    void inserting
      .catch(() => undefined)
      .then(() => giveBack(held, settings, 0))
      .catch(() => undefined);
    throw error;
  });
  let awaited: number | undefined;

  // Ends: every turn either decides, or waits for its share of the time that is left.
  const turns = looks(deadline);
  for (;;) {
    if (found === undefined) return { kind: 'mine', held, tookOver: false };
    if (found.owner === owner) return { kind: 'mine', held, tookOver: false };
    const decision = decide(found, digest);
    switch (decision.kind) {
      case 'mismatch':
      case 'quarantined':
        return { kind: decision.kind };
      case 'replay':
        return { kind: 'replayed', state: decision.state, answer: decision.answer ?? noAnswer };
      case 'quarantine':
        if (await ask('quarantining', store.replace(found, quarantined))) {
          settings.emit({ type: 'quarantined', key, attempt: found.attempt });
          return { kind: 'quarantined' };
        }
        break;
      case 'take': {
        // The attempt that this copy waited for has failed: the copy is answered as the first one was, or fifty copies would be fifty attempts.
        if (found.attempt === awaited && found.state === 'pending') {
          return { kind: 'threw', error: new Error('the first copy failed'), answer: undefined };
        }
        const next = {
          state: 'processing',
          owner,
          attempt: decision.attempt,
          onCrash: policy.onCrash,
          leaseMs,
        } as const;
        if (await ask('taking a key over', store.replace(found, next))) {
          return { kind: 'mine', held: { ...held, attempt: decision.attempt }, tookOver: decision.lapsed };
        }
        break;
      }
      case 'wait':
        awaited = found.attempt;
        if ((await turns.next()).done === true) {
          return { kind: 'running', retryAfterMs: decision.leaseLeftMs, because: 'copy' };
        }
        break;
    }
    found = await ask('looking for an answer', store.find(key));
    // Repaired away or swept in between: claim it anew.
    found ??= await ask(
      'claiming a key',
      store.insert({ key, owner, digest, onCrash: policy.onCrash, leaseMs }),
    );
  }
}

const quarantined = { state: 'quarantined', detail: 'an attempt ended without a word' } as const;

/** Gives back a claim that nothing ran for; the attempt does not count. */
export async function giveBack<Db>(held: Held, settings: Settings<Db>, attempt: number): Promise<void> {
  await settings.store.replace({ ...held, state: 'processing' }, { state: 'pending', attempt });
}
