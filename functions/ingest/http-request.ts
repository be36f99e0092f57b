import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { VerifiableRequest } from '../sources/verify/verifier.ts';

/** One request, its body as the bytes that came in; everything that follows reads those bytes. */
export interface HttpRequest extends VerifiableRequest {
  /** As the path names it; there may be no such source. */
  readonly sourceName: string;
  readonly sourceIp: string;
  readonly requestId: string;
}

/** Reads an event of API Gateway's payload format 2.0. */
export function readHttpRequest(event: APIGatewayProxyEventV2): HttpRequest {
  const { http, requestId } = event.requestContext;
  return {
    method: http.method,
    path: event.rawPath,
    rawQuery: event.rawQueryString,
    sourceName: decoded(event.pathParameters?.source ?? ''),
    headers: lowerCased(event.headers),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceIp: http.sourceIp,
    requestId,
  };
}

/** Harmless where the gateway has decoded it: the name of a source holds no percent sign. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function lowerCased(headers: APIGatewayProxyEventV2['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  );
}
