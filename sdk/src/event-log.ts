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

/** Without a callback, what went wrong goes to the error output: an error that nobody sees is worse than a noisy one. */
const logFailures: OnEvent = ({ type, key, attempt, error }) => {
  if (error === undefined) return;
  console.error(
    `@hooklane/consumer: ${type} ${key}${attempt === undefined ? '' : `, attempt ${attempt}`}:`,
    error,
  );
};

/** Whoever counts must not be able to break what is counted. */
export const safely =
  (onEvent: OnEvent = logFailures): OnEvent =>
  (event) => {
    try {
      onEvent(event);
    } catch {
      // The callback's own mistake.
    }
  };
