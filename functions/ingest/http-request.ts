import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { callerOf } from '../runtime/iam-caller.ts';
import type { VerifiableRequest } from '../signatures/verifiable-request.ts';

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
  const { source, proxy = '' } = event.pathParameters ?? {};
  const caller = callerOf(event.requestContext);
  return {
    method: http.method,
    path: event.rawPath,
    rawQuery: event.rawQueryString,
    sourceName: decoded(source ?? sourceIn(proxy)),
    headers: lowerCased(event.headers),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceIp: http.sourceIp,
    requestId,
    ...(caller === undefined ? {} : { caller }),
  };
}

/** The first part of the path below `/webhooks/`: a slash at the end, and what a provider appends, change nothing. */
const sourceIn = (rest: string): string => rest.split('/', 1)[0] ?? '';

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

/** How the body is packed, where it is: `gzip`, say. */
export function contentEncodingOf({ headers }: Pick<HttpRequest, 'headers'>): string | undefined {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return undefined;
  return encoding.slice(0, 40);
}

/** What a request delivers: its body, or, where it has none and its method asks for none, its query as the form that it is. */
export function delivered(request: Pick<HttpRequest, 'method' | 'rawQuery' | 'headers' | 'body'>): {
  readonly raw: Uint8Array;
  readonly headers: HttpRequest['headers'];
} {
  const { method, rawQuery, headers, body } = request;
  if (method === 'POST' || body.byteLength > 0) return { raw: body, headers };
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  return { raw: Buffer.from(rawQuery), headers: form };
}
