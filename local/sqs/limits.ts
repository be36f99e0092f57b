/** What a FIFO queue cannot do, however long it is. */
export type FifoLimits = {
  /** Messages, from the oldest on, among which a receive looks for a message group that is free. */
  searched: number;
  /** Messages that may be received and not deleted at a time. Above it a receive returns nothing and says nothing. */
  inFlight: number;
};

/** SQS developer guide, "Amazon SQS message quotas" and "FIFO delivery logic": both are 120,000. */
export const fifoLimits: FifoLimits = { searched: 120_000, inFlight: 120_000 };
