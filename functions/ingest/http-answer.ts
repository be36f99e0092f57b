import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Answer } from '../api/answer.ts';

/** An answer in API Gateway's format 2.0. A text is sent as it is, anything else as JSON; a content type that is given stands. */
export function toHttpAnswer({ status, headers = {}, body }: Answer): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status, headers: { ...headers } };
  const isText = typeof body === 'string';
  const contentType = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    statusCode: status,
    headers: { 'content-type': contentType, 'x-content-type-options': 'nosniff', ...named },
    body: isText ? body : JSON.stringify(body),
  };
}
