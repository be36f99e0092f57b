import type { KeyObject } from 'node:crypto';
import { KeysUnreachable } from './verdict.ts';

/** Public keys by name: a JWT's `kid`, the address of a certificate. */
export interface KeySet {
  /** Undefined: there is no such key. Rejects with `KeysUnreachable` where that could not be found out. */
  find(name: string, secrets: readonly string[], now: Date): Promise<KeyObject | undefined>;
}

export interface FetchedKey {
  readonly key: KeyObject;
  /** Not used from then on. */
  readonly expiresAt?: Date;
}

/** Asks for a key; may bring others along, or none. Rejects where that cannot be found out. */
export type LoadKeys = (
  name: string,
  secrets: readonly string[],
) => Promise<Readonly<Record<string, FetchedKey>>>;

const cacheSeconds = 3600;
/** A flood of made-up names costs no more than this; what is known is not concerned. */
const mostLoadsPerMinute = 10;

/** Keys that are fetched when first needed, kept for an hour, and shared by concurrent callers. */
export function fetchedKeys(load: LoadKeys): KeySet {
  const known = new Map<string, { readonly key: KeyObject; readonly untilMs: number }>();
  const loading = new Map<string, Promise<void>>();
  let loads: readonly number[] = [];

  async function loadOnce(name: string, secrets: readonly string[], nowMs: number): Promise<void> {
    try {
      const found = await load(name, secrets);
      for (const [each, { key, expiresAt }] of Object.entries(found)) {
        const keptUntilMs = nowMs + cacheSeconds * 1000;
        known.set(each, { key, untilMs: Math.min(keptUntilMs, expiresAt?.getTime() ?? keptUntilMs) });
      }
    } catch (error) {
      throw new KeysUnreachable('the keys of a sender could not be fetched', { cause: error });
    } finally {
      loading.delete(name);
    }
  }

  return {
    async find(name, secrets, now) {
      const nowMs = now.getTime();
      const kept = known.get(name);
      if (kept !== undefined && nowMs < kept.untilMs) return kept.key;
      known.delete(name);

      let running = loading.get(name);
      if (running === undefined) {
        loads = loads.filter((at) => Math.abs(nowMs - at) < 60_000);
        if (loads.length >= mostLoadsPerMinute) throw new KeysUnreachable('too many keys were asked for');
        loads = [...loads, nowMs];
        running = loadOnce(name, secrets, nowMs);
        loading.set(name, running);
      }
      await running;
      const fresh = known.get(name);
      return fresh !== undefined && nowMs < fresh.untilMs ? fresh.key : undefined;
    },
  };
}
