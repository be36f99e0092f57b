import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemDocument, problemType } from '../runtime/problem-document.ts';
import { problems, type InvalidPart, type ProblemCause } from './problem.ts';

/** What a route answers; `answerOf` makes HTTP of it. */
export type Answer =
  | {
      readonly kind: 'found';
      readonly body: unknown;
      readonly status?: 200 | 202 | 503;
      /** Whatever is asked for has this answer: another reading of the path may know more. */
      readonly isGuess?: boolean;
    }
  /** As it is: a payload, metrics. */
  | {
      readonly kind: 'raw';
      readonly contentType: string;
      readonly body: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | ({ readonly kind: 'problem'; readonly cause: ProblemCause } & ProblemFields);

interface ProblemFields {
  readonly state?: string | undefined;
  readonly allow?: string | undefined;
  readonly errors?: readonly InvalidPart[] | undefined;
}

export const found = (body: unknown): Answer => ({ kind: 'found', body });

export const problem = (cause: ProblemCause, fields: ProblemFields = {}): Answer => ({
  kind: 'problem',
  cause,
  ...fields,
});

export const isNotFound = (answer: Answer): boolean =>
  answer.kind === 'problem' && problems[answer.cause].status === 404;

/** Nothing is known of this name under one reading of the path: there may be under another. */
export const isNothing = (answer: Answer): boolean =>
  isNotFound(answer) || (answer.kind === 'found' && answer.isGuess === true);

export function answerOf(answer: Answer): APIGatewayProxyStructuredResultV2 {
  switch (answer.kind) {
    case 'found':
      return respond(answer.status ?? 200, 'application/json', JSON.stringify(answer.body));
    case 'raw':
      return respond(200, answer.contentType, answer.body, answer.headers);
    case 'problem': {
      const { cause, state, errors, allow } = answer;
      const document = problemDocument(cause, problems[cause], { state, errors });
      return respond(problems[cause].status, problemType, JSON.stringify(document), {
        ...(allow !== undefined && { allow }),
        ...(cause === 'ledger-unreachable' && { 'retry-after': '5' }),
      });
    }
  }
}

function respond(
  statusCode: number,
  contentType: string,
  body: string | Uint8Array,
  more: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...more,
  };
  return typeof body === 'string'
    ? { statusCode, headers, body }
    : { statusCode, headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}
