import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { accountId } from '../aws-json.ts';
import type { MatchedRoute } from './route-match.ts';

export interface GatewayRequest {
  readonly method: string;
  /** As it came, encoded, without the query. */
  readonly path: string;
  readonly rawQuery: string;
  readonly protocol: string;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  readonly sourceIp: string;
  readonly body: Buffer;
  readonly requestId: string;
  readonly now: Date;
}

/** The path as routes and functions see it: an HTTP API, unlike a REST API or a function URL, decodes it. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whom the routes that AWS has signed take every caller for. */
const assumedCaller = {
  accessKey: 'local',
  accountId,
  callerId: 'local',
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: `arn:aws:iam::${accountId}:user/local`,
  userId: 'local',
};

/** A request in API Gateway's payload format 2.0. */
export function gatewayEvent(
  request: GatewayRequest,
  { route, parameters }: MatchedRoute,
): APIGatewayProxyEventV2 {
  const { headers, cookies } = readHeaders(request);
  const rawPath = decodePath(request.path);
  const query = readQuery(request.rawQuery);
  const routeKey = `${route.method} ${route.path}`;
  const domainName = headers['host'] ?? 'localhost';
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query !== undefined && { queryStringParameters: query }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: { ...parameters } }),
    requestContext: {
      accountId,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? domainName,
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(request.now),
      timeEpoch: request.now.getTime(),
      ...(route.isPublic ? {} : { authorizer: { iam: assumedCaller } }),
    },
    ...encodeBody(request.body, headers['content-type']),
  };
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

function readHeaders(request: GatewayRequest): { headers: Record<string, string>; cookies: string[] } {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase();
    const value = request.rawHeaders[at + 1] ?? '';
    if (hopByHop.has(name)) continue;
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter((cookie) => cookie !== ''));
    else headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''},${value}` : value);
  }
  const forwarded = headers.get('x-forwarded-for');
  headers.set('content-length', String(request.body.length));
  headers.set(
    'x-forwarded-for',
    forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`,
  );
  headers.set('x-forwarded-proto', 'http');
  return { headers: Object.fromEntries(headers), cookies };
}

function readQuery(rawQuery: string): Record<string, string> | undefined {
  if (rawQuery === '') return undefined;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(values);
}

const textTypes = /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i;

// API Gateway goes by the content type alone; bytes that are not UTF-8 are base64 here all the same, so that they survive.
function encodeBody(body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = textTypes.test(contentType) ? decodeUtf8(body) : undefined;
  return text === undefined
    ? { body: body.toString('base64'), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
}

function decodeUtf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** `24/Nov/2026:09:05:00 +0000` */
function commonLogTime(now: Date): string {
  const [, weekdayless = ''] = now.toUTCString().split(', ');
  const [day = '', month = '', year = '', time = ''] = weekdayless.split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
