import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const problems = {
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing of this name.' },
  'unknown-event': { status: 404, title: 'Unknown event', detail: 'There never was an event of this id.' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', detail: 'This is read by GET.' },
  'ledger-unreachable': {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'The ledger cannot be read at the moment.',
  },
} as const;

export type ProblemCause = keyof typeof problems;

export const found = (body: unknown): APIGatewayProxyStructuredResultV2 =>
  answer(200, 'application/json', body);

/** RFC 9457, with `cause` from one fixed list; nothing that was thrown gets into it. */
export function problem(cause: ProblemCause): APIGatewayProxyStructuredResultV2 {
  const body = { type: `urn:hooklane:problem:${cause}`, ...problems[cause], cause };
  const answered = answer(problems[cause].status, 'application/problem+json', body);
  switch (cause) {
    case 'ledger-unreachable':
      return { ...answered, headers: { ...answered.headers, 'retry-after': '5' } };
    case 'method-not-allowed':
      return { ...answered, headers: { ...answered.headers, allow: 'GET' } };
    case 'not-found':
    case 'unknown-event':
      return answered;
  }
}

function answer(statusCode: number, contentType: string, body: unknown) {
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return { statusCode, headers, body: JSON.stringify(body) };
}
