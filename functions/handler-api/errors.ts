/** Thrown by a handler: no retry can help; the event fails now. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Thrown by a handler: try again, but not before `seconds` (1 to 43,200) have passed. Counts as an attempt. */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter';
  readonly seconds: number;

  constructor(seconds: number, message = `retry after ${seconds} s`) {
    super(message);
    this.seconds = seconds;
  }
}
