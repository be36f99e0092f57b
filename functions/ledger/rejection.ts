/** Why a request never became an event; recorded with it. The one list. */
export type RejectionCause =
  | 'unknown-source'
  | 'wrong-route'
  | 'method-not-allowed'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'no-secret'
  | 'missing-signature'
  | 'malformed-signature'
  | 'wrong-signature'
  | 'timestamp-expired'
  | 'timestamp-in-future'
  | 'rate-limited'
  | 'empty-body'
  | 'invalid-utf8'
  | 'invalid-json'
  | 'body-too-deep'
  | 'invalid-body'
  | 'missing-id'
  | 'invalid-id'
  | 'invalid-type'
  | 'invalid-lane'
  | 'invalid-order'
  | 'handshake-refused'
  // Answered; nothing else is stored of it.
  | 'handshake'
  // A message of the lane queue that Hooklane did not write.
  | 'junk-message';

/** A request that never became an event: refused, or a handshake. */
export interface Rejection {
  /** Name of the source, `unknown` where there is none of that name. */
  readonly source: string;
  readonly at: Date;
  readonly requestId: string;
  readonly cause: RejectionCause;
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
