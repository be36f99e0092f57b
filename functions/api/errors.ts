/** Thrown by a handler: no retry can help; the event fails now. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/**
 * Thrown by a handler: try again, but not before `seconds` (1 to 43,200) have passed. Counts as an attempt. `forAll`: no event of the source is to
 * run before that, as where its destination answers 429 or 503 with `Retry-After`; heard where the source has a breaker.
 */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter';
  readonly seconds: number;
  readonly forAll: boolean;

  constructor(
    seconds: number,
    message = `retry after ${seconds} s`,
    options: { readonly forAll?: boolean } = {},
  ) {
    super(message);
    this.seconds = seconds;
    this.forAll = options.forAll ?? false;
  }
}

/**
 * Thrown by a handler: not before an event of one of these types of its lane has become final. The event parks in its lane, no attempt is
 * counted, and the others of the lane run. When `timeoutSeconds` (default: the source's `gapTimeoutSeconds`) are over it runs all the same,
 * or fails, as the source's `onGap` says; thrown again after that, it is a failed attempt.
 * @throws {TypeError} where no type is named, or the time is not a positive number.
 */
export class WaitFor extends Error {
  override readonly name = 'WaitFor';
  readonly types: readonly string[];
  readonly timeoutSeconds: number | undefined;

  constructor(types: readonly string[], options: { readonly timeoutSeconds?: number } = {}) {
    super(`waits for ${types.join(', ')}`);
    const { timeoutSeconds } = options;
    if (types.length === 0 || types.some((type) => typeof type !== 'string' || type === '')) {
      throw new TypeError('WaitFor needs the types to wait for');
    }
    if (timeoutSeconds !== undefined && !(Number.isFinite(timeoutSeconds) && timeoutSeconds > 0)) {
      throw new TypeError('WaitFor: timeoutSeconds must be a positive number');
    }
    this.types = types;
    this.timeoutSeconds = timeoutSeconds;
  }
}
