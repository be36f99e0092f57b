import type { HttpRequest } from './http-request.ts';

/** Neither a line break nor anything else that could become a header, a log line or a query of its own. */
const validCorrelationId = /^[A-Za-z0-9._:=-]{1,128}$/;

/** The sender's `x-correlation-id` where it is a valid one, else the id that API Gateway gave the request, which its access log has too. */
export function correlationIdOf({ headers, requestId }: Pick<HttpRequest, 'headers' | 'requestId'>): string {
  const sent = headers['x-correlation-id'];
  return sent !== undefined && validCorrelationId.test(sent) ? sent : requestId;
}
