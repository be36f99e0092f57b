import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { EventState } from '../ledger/entry.ts';
import { problemDocument, problemType } from '../runtime/problem-document.ts';

const problems = {
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing of this name.' },
  'unknown-event': { status: 404, title: 'Unknown event', detail: 'There never was an event of this id.' },
  'unknown-source': {
    status: 404,
    title: 'Unknown source',
    detail: 'The configuration has no source of this name.',
  },
  'nothing-held': {
    status: 404,
    title: 'Nothing is held',
    detail: 'No event has the turn of this lane, so there is nothing to release.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'Reads are by GET, actions by POST.',
  },
  'invalid-body': {
    status: 400,
    title: 'The body cannot be used',
    detail: 'An action takes JSON, {"reason": "…"}, of 1 to 500 characters, and nothing else.',
  },
  refused: {
    status: 409,
    title: 'Refused',
    detail: 'The state that the event is in does not allow this, or its body has expired: see its audit.',
  },
  'ledger-unreachable': {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'The ledger cannot be reached at the moment.',
  },
} as const;

export type ProblemCause = keyof typeof problems;

export const found = (body: unknown): APIGatewayProxyStructuredResultV2 =>
  answer(200, 'application/json', body);

export function problem(
  cause: ProblemCause,
  more: { readonly state?: EventState; readonly allow?: string } = {},
): APIGatewayProxyStructuredResultV2 {
  const { state, allow } = more;
  return answer(problems[cause].status, problemType, problemDocument(cause, problems[cause], { state }), {
    ...(allow !== undefined && { allow }),
    ...(cause === 'ledger-unreachable' && { 'retry-after': '5' }),
  });
}

function answer(
  statusCode: number,
  contentType: string,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...more,
  };
  return { statusCode, headers, body: JSON.stringify(body) };
}
