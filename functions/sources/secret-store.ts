import * as z from 'zod';

export interface SecretReader {
  /** A source's secrets, newest first, at most `cacheSeconds` old. Rejects only where they were never read. */
  read(source: string): Promise<readonly string[]>;
  /**
   * Reads them anew, at most once a minute and source, shared by concurrent callers: for a signature that no secret fits, which may
   * mean that they were rotated. A flood of bad signatures costs one call a minute.
   */
  refresh(source: string): Promise<readonly string[]>;
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

interface Kept {
  secrets?: readonly string[];
  /** When the list is to be read again. */
  staleAtMs: number;
  refreshableAtMs: number;
  fetching?: Promise<readonly string[]>;
}

/** Caches each source's secrets. A fetch that fails leaves the last good list in place. */
export function secretReader(dependencies: SecretReaderDependencies): SecretReader {
  const { now, cacheSeconds = 60 } = dependencies;
  const bySource = new Map<string, Kept>();

  function keptFor(source: string): Kept {
    const kept = bySource.get(source) ?? { staleAtMs: 0, refreshableAtMs: 0 };
    bySource.set(source, kept);
    return kept;
  }

  function fetchInto(kept: Kept, source: string): Promise<readonly string[]> {
    kept.fetching ??= fetchOnce(kept, source).finally(() => {
      delete kept.fetching;
    });
    return kept.fetching;
  }

  async function fetchOnce(kept: Kept, source: string): Promise<readonly string[]> {
    try {
      kept.secrets = await dependencies.fetch(source);
      kept.staleAtMs = now().getTime() + cacheSeconds * 1000;
      return kept.secrets;
    } catch (error) {
      dependencies.report?.(source, error);
      kept.staleAtMs = now().getTime() + retrySeconds * 1000;
      if (kept.secrets === undefined) throw error;
      return kept.secrets;
    }
  }

  return {
    async read(source) {
      const kept = keptFor(source);
      if (kept.secrets !== undefined && now().getTime() < kept.staleAtMs) return kept.secrets;
      return fetchInto(kept, source);
    },
    async refresh(source) {
      const kept = keptFor(source);
      if (kept.fetching !== undefined) return kept.fetching;
      if (kept.secrets !== undefined && now().getTime() < kept.refreshableAtMs) return kept.secrets;
      kept.refreshableAtMs = now().getTime() + refreshSeconds * 1000;
      return fetchInto(kept, source);
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
