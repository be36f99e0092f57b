import * as z from 'zod';
import { isPairingOpen } from './pairing.ts';
import { byPurpose, type SecretsByPurpose } from './secret-purpose.ts';

export interface SecretReader {
  /**
   * What a source verifies with, newest first, at most `cacheSeconds` old. Rejects only where it was never read. Entries spelled `handshake:…`
   * and `pairing:…` are left out: a person chose them, and whoever guesses one must not be able to sign.
   */
  read(source: string): Promise<readonly string[]>;
  /**
   * Reads them anew, at most once a minute and source, shared by concurrent callers: for a signature that no secret fits, which may
   * mean that they were rotated. A flood of bad signatures costs one call a minute.
   */
  refresh(source: string): Promise<readonly string[]>;
}

export interface SourceSecrets extends SecretReader {
  /** The secrets spelled `handshake:…`, without that word, at most as old. */
  readForHandshake(source: string): Promise<readonly string[]>;
  /** Whether pairing is open (see `isPairingOpen`); where it seems not to be the list is read anew, as often as `refresh` allows. */
  isPairing(source: string): Promise<boolean>;
  /** The next read asks anew, since the list is known to have changed. */
  forget(source: string): void;
}

export interface SecretReaderDependencies {
  readonly fetch: (source: string) => Promise<readonly string[]>;
  readonly now: () => Date;
  /** Default 60. */
  readonly cacheSeconds?: number;
  /** Told of every fetch that failed. */
  readonly report?: (source: string, error: unknown) => void;
}

const refreshSeconds = 60;
/** After a failed fetch the last good list serves this long before the next try. */
const retrySeconds = 5;

interface Secrets extends SecretsByPurpose {
  readonly list: readonly string[];
}

interface Kept {
  secrets?: Secrets;
  /** When the list is to be read again. */
  staleAtMs: number;
  refreshableAtMs: number;
  fetching?: Promise<Secrets>;
}

/** Caches each source's secrets. A fetch that fails leaves the last good list in place. */
export function secretReader(dependencies: SecretReaderDependencies): SourceSecrets {
  const { now, cacheSeconds = 60 } = dependencies;
  const bySource = new Map<string, Kept>();

  function keptFor(source: string): Kept {
    const kept = bySource.get(source) ?? { staleAtMs: 0, refreshableAtMs: 0 };
    bySource.set(source, kept);
    return kept;
  }

  function fetchInto(kept: Kept, source: string): Promise<Secrets> {
    kept.fetching ??= fetchOnce(kept, source).finally(() => {
      delete kept.fetching;
    });
    return kept.fetching;
  }

  async function fetchOnce(kept: Kept, source: string): Promise<Secrets> {
    try {
      const list = await dependencies.fetch(source);
      kept.secrets = { list, ...byPurpose(list) };
      kept.staleAtMs = now().getTime() + cacheSeconds * 1000;
      return kept.secrets;
    } catch (error) {
      dependencies.report?.(source, error);
      kept.staleAtMs = now().getTime() + retrySeconds * 1000;
      if (kept.secrets === undefined) throw error;
      return kept.secrets;
    }
  }

  async function current(source: string): Promise<Secrets> {
    const kept = keptFor(source);
    if (kept.secrets !== undefined && now().getTime() < kept.staleAtMs) return kept.secrets;
    return fetchInto(kept, source);
  }

  async function refreshed(source: string): Promise<Secrets> {
    const kept = keptFor(source);
    if (kept.fetching !== undefined) return await kept.fetching;
    if (kept.secrets !== undefined && now().getTime() < kept.refreshableAtMs) return kept.secrets;
    kept.refreshableAtMs = now().getTime() + refreshSeconds * 1000;
    return await fetchInto(kept, source);
  }

  return {
    read: async (source) => (await current(source)).signing,
    readForHandshake: async (source) => (await current(source)).handshake,
    refresh: async (source) => (await refreshed(source)).signing,
    async isPairing(source) {
      const isOpen = ({ list }: Secrets) => isPairingOpen(list, now());
      return isOpen(await current(source)) || isOpen(await refreshed(source));
    },
    forget(source) {
      keptFor(source).staleAtMs = 0;
    },
  };
}

const secretList = z.array(z.string().trim().min(1));

/** Reads `["newest", "older"]`. Throws, without quoting it, where the text is anything else. */
export function parseSecretList(text: string): readonly string[] {
  const parsed = secretList.safeParse(parseJsonText(text));
  if (!parsed.success) throw new Error('a source’s secrets must be a JSON list of texts, newest first');
  return parsed.data;
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
