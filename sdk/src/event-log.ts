/** What happened to a delivery, for metrics and logs. Never holds a body or a header. */
export type ConsumerEvent = {
  readonly key: string;
  readonly attempt?: number;
  /** Since the delivery arrived. */
  readonly ms?: number;
  readonly error?: unknown;
} & {
  readonly type:
    | 'claimed'
    | 'took-over'
    | 'completed'
    | 'replayed'
    | 'running'
    | 'mismatch'
    | 'threw'
    | 'failed'
    | 'quarantined'
    | 'stale'
    | 'timed-out'
    | 'fenced'
    | 'renewal-failed'
    | 'lane-busy'
    | 'store-unavailable'
    | 'refused';
};

export type OnEvent = (event: ConsumerEvent) => void;

/** Whoever counts must not be able to break what is counted. */
export const safely =
  (onEvent: OnEvent | undefined): OnEvent =>
  (event) => {
    try {
      onEvent?.(event);
    } catch {
      // The callback's own mistake.
    }
  };
