import type { Entry, Found } from '../entry.ts';
import type { Change, Completion, Held, Seen, Store } from '../store.ts';

/** Effects of a test: what is set here commits with the completion, or not at all. */
export interface MemoryDb {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

export interface MemoryStore extends Store<MemoryDb> {
  /** What was committed. */
  readonly data: ReadonlyMap<string, unknown>;
}

interface Lane {
  readonly owner: string;
  readonly leaseUntil: number;
}

/** Everything in this process's memory, gone with it: for tests. */
export function memory(options: { readonly now?: () => number } = {}): MemoryStore {
  const now = options.now ?? Date.now;
  const entries = new Map<string, Entry>();
  const lanes = new Map<string, Lane>();
  const versions = new Map<string, string>();
  const data = new Map<string, unknown>();

  const withLease = (entry: Entry): Found => ({ ...entry, leaseLeftMs: entry.leaseUntil - now() });
  const isMine = ({ key, owner, attempt }: Held) => {
    const entry = entries.get(key);
    return entry?.state === 'processing' && entry.owner === owner && entry.attempt === attempt;
  };
  const hasLane = ({ lane, owner }: Held) => lane === undefined || lanes.get(lane)?.owner === owner;

  function change(entry: Entry, to: Change): void {
    entries.set(entry.key, {
      ...entry,
      state: to.state,
      owner: to.owner ?? entry.owner,
      attempt: to.attempt ?? entry.attempt,
      onCrash: to.onCrash ?? entry.onCrash,
      leaseUntil: to.leaseMs === undefined ? 0 : now() + to.leaseMs,
      answer: to.answer,
      detail: to.detail ?? entry.detail,
      updatedAt: now(),
      expiresAt: to.retentionMs === undefined ? undefined : now() + to.retentionMs,
    });
  }

  function replace(seen: Seen, to: Change): boolean {
    const entry = entries.get(seen.key);
    const isAsSeen =
      entry?.state === seen.state &&
      entry.owner === seen.owner &&
      entry.attempt === seen.attempt &&
      (seen.leaseUntil === undefined || entry.leaseUntil === seen.leaseUntil);
    if (isAsSeen) change(entry, to);
    return isAsSeen;
  }

  function commit(held: Held, staged: ReadonlyMap<string, unknown>, completion: Completion) {
    const { answer, retentionMs, version } = completion;
    if (!isMine(held) || !hasLane(held)) return 'fenced';
    if (version !== undefined) {
      if ((versions.get(version.entity) ?? '') > version.version) return 'stale';
      versions.set(version.entity, version.version);
    }
    for (const [name, value] of staged) data.set(name, value);
    replace({ ...held, state: 'processing' }, { state: 'complete', answer, retentionMs });
    if (held.lane !== undefined) lanes.delete(held.lane);
    return 'committed';
  }

  // Each method does its work at once and only hands it over as a promise, so each is atomic.
  return {
    name: 'memory',
    transactional: true,
    data,
    insert: async ({ leaseMs, ...claim }) => {
      const entry = entries.get(claim.key);
      if (entry !== undefined) return withLease(entry);
      entries.set(claim.key, {
        ...claim,
        state: 'processing',
        attempt: 1,
        leaseUntil: now() + leaseMs,
        answer: undefined,
        detail: undefined,
        createdAt: now(),
        updatedAt: now(),
        expiresAt: undefined,
      });
      return undefined;
    },
    find: async (key) => {
      const entry = entries.get(key);
      return entry === undefined ? undefined : withLease(entry);
    },
    replace: async (seen, to) => replace(seen, to),
    renew: async (held, leaseMs) => {
      const entry = entries.get(held.key);
      if (entry === undefined || !isMine(held) || !hasLane(held)) return false;
      entries.set(held.key, { ...entry, leaseUntil: now() + leaseMs });
      if (held.lane !== undefined) lanes.set(held.lane, { owner: held.owner, leaseUntil: now() + leaseMs });
      return true;
    },
    begin: (held) => {
      const staged = new Map<string, unknown>();
      let isOver = false;
      return {
        db: {
          get: (name) => (staged.has(name) ? staged.get(name) : data.get(name)),
          set: (name, value) => {
            if (isOver) throw new Error('the transaction is over');
            staged.set(name, value);
          },
        },
        commit: async (completion) => {
          isOver = true;
          return commit(held, staged, completion);
        },
        rollback: async () => {
          isOver = true;
        },
      };
    },
    takeLane: async (lane, owner, leaseMs) => {
      const holder = lanes.get(lane);
      if (holder !== undefined && holder.owner !== owner && holder.leaseUntil > now()) return false;
      lanes.set(lane, { owner, leaseUntil: now() + leaseMs });
      return true;
    },
    releaseLane: async (lane, owner) => {
      if (lanes.get(lane)?.owner === owner) lanes.delete(lane);
    },
    versionOf: async (entity) => versions.get(entity),
    list: async ({ state, lapsed, limit }) =>
      [...entries.values()]
        .map(withLease)
        .filter((entry) => entry.state === state && (lapsed !== true || entry.leaseLeftMs <= 0))
        .sort((a, b) => a.updatedAt - b.updatedAt)
        .slice(0, limit),
    sweep: async (limit) => {
      const over = [...entries.values()]
        .filter((entry) => (entry.expiresAt ?? Infinity) <= now())
        .slice(0, limit);
      for (const { key } of over) entries.delete(key);
      return over.length;
    },
    migrate: async () => undefined,
    close: async () => undefined,
  };
}
