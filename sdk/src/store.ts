import type { Answer } from './answer.ts';
import type { Found, OnCrash, State } from './entry.ts';

/** A claim: who holds a key, as which attempt. */
export interface Held {
  readonly key: string;
  readonly owner: string;
  readonly attempt: number;
  /** The lane that is held with it (`serializeBy`). */
  readonly lane?: string | undefined;
}

export interface FirstClaim {
  readonly key: string;
  readonly owner: string;
  readonly digest: string | undefined;
  readonly onCrash: OnCrash;
  readonly leaseMs: number;
}

/** The condition of a change: nothing happens unless the entry still is what it was. */
export interface Seen {
  readonly key: string;
  readonly state: State;
  readonly owner: string;
  readonly attempt: number;
  /** Compared where it is given: a renewed lease is another one. */
  readonly leaseUntil?: number;
}

/** What an entry becomes. What is left out stays, except for the answer, which goes. */
export interface Change {
  readonly state: State;
  readonly owner?: string;
  readonly attempt?: number;
  readonly onCrash?: OnCrash;
  /** From now, by the store's clock; left out: the lease ends. */
  readonly leaseMs?: number;
  readonly answer?: Answer;
  readonly detail?: string;
  /** From now, by the store's clock; left out: kept without end. */
  readonly retentionMs?: number;
}

/** What is recorded together with the effects of an attempt that succeeded. */
export interface Completion {
  readonly answer: Answer;
  readonly retentionMs: number;
  /** Commits only if no newer version of the entity was committed (`staleIf`). */
  readonly version?: EntityVersion | undefined;
}

export interface EntityVersion {
  readonly entity: string;
  /** Compared byte by byte: see `sortableVersion`. */
  readonly version: string;
}

export type Committed = 'committed' | 'fenced' | 'stale';

/** One attempt's side of the store. Nothing is opened before the handler uses `db`. */
export interface Work<Db> {
  readonly db: Db;
  /**
   * Effects and completion together, or neither. `fenced`: the claim (or its lane) is somebody else's. `stale`: a newer version was
   * committed. After either nothing of the attempt remains.
   */
  commit(completion: Completion): Promise<Committed>;
  /** Undoes the effects. Never throws; `db` is dead afterwards. */
  rollback(): Promise<void>;
}

export interface ListQuery {
  readonly state: State;
  /** Of `processing`: only those whose lease has lapsed. */
  readonly lapsed?: boolean;
  readonly limit: number;
}

/**
 * What `idempotent` needs of a database. Each method is atomic and durable when it resolves, uses the store's clock, and throws if the
 * store cannot be reached. `storeContract` holds a store to it.
 */
export interface Store<Db = unknown> {
  readonly name: string;
  /** Whether `db` commits with the completion; otherwise effects are only guarded by the lease. */
  readonly transactional: boolean;
  /** Attempt 1 of a key that nobody has claimed (`undefined`), or what is there already. */
  insert(claim: FirstClaim): Promise<Found | undefined>;
  find(key: string): Promise<Found | undefined>;
  /** Compare and set: false if the entry is not (any more) as it was seen. */
  replace(seen: Seen, change: Change): Promise<boolean>;
  /** Prolongs the lease of a claim, and of its lane. False: it is lost. */
  renew(held: Held, leaseMs: number): Promise<boolean>;
  begin(held: Held): Work<Db>;
  /** Takes the lane for this owner, if it is free or its holder's lease has lapsed. */
  takeLane(lane: string, owner: string, leaseMs: number): Promise<boolean>;
  releaseLane(lane: string, owner: string): Promise<void>;
  /** The newest committed version of an entity. */
  versionOf(entity: string): Promise<string | undefined>;
  /** Oldest change first. */
  list(query: ListQuery): Promise<Found[]>;
  /** Deletes at most `limit` entries whose retention is over; returns how many. */
  sweep(limit: number): Promise<number>;
  /** Creates what the store needs, where it is not there yet. Never called unless asked for. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}
