/** What a sender was told about one request. */
export interface Told {
  readonly status: number;
  /** `accepted`, `duplicate`, `reopened`; empty where the answer says none. */
  readonly said: string;
}

/** An event of the storm, and what became of it. */
export interface ObservedEvent {
  readonly source: string;
  readonly eventId: string;
  readonly lane: string;
  /** Where it belongs within its lane, from 0; undefined: its lane has no other event. */
  readonly place: number | undefined;
  readonly told: readonly Told[];
  /** Its state at the end; undefined: the ledger does not know it. */
  readonly state: string | undefined;
  /** The `what` of its audit, in order. */
  readonly audit: readonly string[];
}

/** One call of a handler to the sink. */
export interface SinkCall {
  readonly event: string;
  readonly lane: string;
  readonly idempotencyKey: string;
  readonly startedAt: number;
  /** Undefined: its process was killed. */
  endedAt?: number;
}

/** A request that must not be taken. */
export interface BadRequest {
  readonly what: string;
  readonly expected: number;
  readonly status: number;
}

export interface Observed {
  readonly events: readonly ObservedEvent[];
  readonly calls: readonly SinkCall[];
  /** Ids of events, in the order of their effects, by lane. */
  readonly effects: ReadonlyMap<string, readonly string[]>;
  readonly bad: readonly BadRequest[];
  /** Lanes that were to be held while others went on. */
  readonly heldLanes: readonly string[];
  /** Events of other lanes that had not come to rest before anything was repaired. */
  readonly delayed: readonly string[];
  /** What the attention list has at the end. */
  readonly attention: readonly string[];
}
