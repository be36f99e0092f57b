/** A request that never became an event: refused, or a handshake. */
export interface Rejection {
  /** Name of the source, `unknown` where there is none of that name. */
  readonly source: string;
  readonly at: Date;
  readonly requestId: string;
  /** Why, in one word: `wrong-signature`, `handshake`, `junk-message`. */
  readonly cause: string;
  readonly status: number;
  /** Absent where the body was larger than any that is taken: it is not hashed. */
  readonly bodySha256?: string;
  readonly bodyBytes: number;
  readonly ip: string;
  /** The ARN of whoever signed it for IAM. */
  readonly sender?: string;
  /** How many refusals this item stands for (default 1; more when a flood is rolled up). */
  readonly count?: number;
}
