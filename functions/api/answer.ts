/** What ingest decided about one request, for a source that answers in its own words. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is; anything else as JSON. */
  readonly body?: unknown;
}

export interface EventOutcome {
  readonly status: 'accepted' | 'duplicate' | 'reopened';
  readonly eventId: string;
  readonly lane: string;
  /** State of a duplicate. */
  readonly state?: string;
  /** Recorded result of a duplicate that was processed. */
  readonly result?: unknown;
}

export interface RequestOutcome<Body = unknown> {
  /** One for each event of the body, in its order. */
  readonly events: readonly EventOutcome[];
  readonly correlationId: string;
  readonly processingTimeMs: number;
  /** The parsed body of the request. */
  readonly body: Body;
  /** Of the request, as they came, names in lower case: for senders that want one of them back. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer Hooklane gives by itself. */
  readonly standard: Answer;
}

/** What a sender wants to be told of every request that was taken; where a source has duplicates answered 409, that stands. */
export function answerWith(answer: Answer): (outcome: Pick<RequestOutcome, 'standard'>) => Answer {
  return ({ standard: { status } }) => (status < 300 ? answer : { status, body: '' });
}
