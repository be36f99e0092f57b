export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const problemType = 'application/problem+json';

/** RFC 9457. `cause` is from one fixed list; nothing that was thrown gets into it. */
export const problemDocument = (
  cause: string,
  problem: Problem,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  type: `urn:hooklane:problem:${cause}`,
  ...problem,
  cause,
  ...more,
});
