/** A delivery as far as ids and lanes look at it. */
export interface Sent {
  /** Written as JSON, unless it is a text. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a preset's id is made of, and what shows it. The table of `docs/sources.md` is drawn from it. */
export interface Happenings {
  /** What the id is. */
  readonly id: string;
  /** What makes two happenings differ. */
  readonly differ: string;
  /** Where that is read, if not on the page of the preset. */
  readonly facts?: string;
  /** How two happenings could share an id all the same, and how long apart. */
  readonly repeats?: string;
  /** Two happenings as alike as the provider can make them. */
  readonly first: Sent;
  readonly second: Sent;
  /** How the first looks when it is sent again (default: the same). */
  readonly again?: Sent;
  /** When it is sent again (default a minute later). */
  readonly againAfterSeconds?: number;
  /** A retry is an event of its own, since nothing tells it from a happening. */
  readonly retryRunsAgain?: true;
  /** Other events of the entity that the first is about. */
  readonly sameLane?: readonly Sent[];
}

export const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Sent => ({
  body,
  headers,
});

export const form = (
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Sent => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
});

/** Of a sender whose id stands in a header and is one of one delivery or event, kept in its retries. */
export const byHeader = (name: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  first: json(body, { ...headers, [name]: 'a' }),
  second: json(body, { ...headers, [name]: 'b' }),
});

/** Of a sender whose id stands in the body. */
export const byField = (field: string, body: Readonly<Record<string, unknown>>) => ({
  first: json({ ...body, [field]: 'a' }),
  second: json({ ...body, [field]: 'b' }),
});
