import * as z from 'zod';

export interface SecretReader {
  /**
   * What a source verifies with, newest first, at most `cacheSeconds` old. Rejects only where it was never read. Secrets spelled `handshake:…`
   * are left out: a person chose them, and whoever guesses one must not be able to sign.
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

interface Secrets {
  readonly signing: readonly string[];
  readonly handshake: readonly string[];
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
      kept.secrets = byPurpose(await dependencies.fetch(source));
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

  return {
    read: async (source) => (await current(source)).signing,
    readForHandshake: async (source) => (await current(source)).handshake,
    async refresh(source) {
      const kept = keptFor(source);
      if (kept.fetching !== undefined) return (await kept.fetching).signing;
      if (kept.secrets !== undefined && now().getTime() < kept.refreshableAtMs) return kept.secrets.signing;
      kept.refreshableAtMs = now().getTime() + refreshSeconds * 1000;
      return (await fetchInto(kept, source)).signing;
    },
  };
}

const handshakePrefix = 'handshake:';

function byPurpose(secrets: readonly string[]): Secrets {
  const isForHandshake = (secret: string) => secret.startsWith(handshakePrefix);
  return {
    signing: secrets.filter((secret) => !isForHandshake(secret)),
    handshake: secrets.filter(isForHandshake).map((secret) => secret.slice(handshakePrefix.length)),
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
