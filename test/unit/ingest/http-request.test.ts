import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { contentEncodingOf, delivered, readHttpRequest } from '../../../functions/ingest/http-request.ts';

const gatewayEvent = (over: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'ANY /webhooks/{proxy+}',
  rawPath: '/webhooks/acme',
  rawQueryString: 'a=1&a=%20',
  headers: { 'Content-Type': 'application/json' },
  pathParameters: { proxy: 'acme' },
  requestContext: {
    accountId: '000000000000',
    apiId: 'local',
    domainName: 'localhost',
    domainPrefix: 'localhost',
    http: {
      method: 'POST',
      path: '/webhooks/acme',
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: '',
    },
    requestId: 'r-1',
    routeKey: 'ANY /webhooks/{proxy+}',
    stage: '$default',
    time: '24/Nov/2026:09:05:00 +0000',
    timeEpoch: 0,
  },
  body: '{}',
  isBase64Encoded: false,
  ...over,
});

it('reads what the gateway says of a request', () => {
  const request = readHttpRequest(gatewayEvent());

  expect(request).toEqual({
    method: 'POST',
    path: '/webhooks/acme',
    rawQuery: 'a=1&a=%20',
    sourceName: 'acme',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{}'),
    sourceIp: '192.0.2.1',
    requestId: 'r-1',
  });
});

it('reads the source of a route for own services, and who API Gateway says has signed', () => {
  const userArn = 'arn:aws:sts::123456789012:assumed-role/orders/api';
  const event = gatewayEvent({ rawPath: '/events/own', pathParameters: { source: 'own' } });
  const requestContext = Object.assign(event.requestContext, { authorizer: { iam: { userArn } } });

  expect(readHttpRequest({ ...event, requestContext })).toMatchObject({ sourceName: 'own', caller: userArn });
});

it('gives a body that is no text back to the byte', () => {
  const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x7b]);

  const request = readHttpRequest(gatewayEvent({ body: bytes.toString('base64'), isBase64Encoded: true }));

  expect(request.body).toEqual(bytes);
});

it('takes a request without a body for an empty one', () => {
  const event = gatewayEvent();
  delete event.body;

  expect(readHttpRequest(event).body.byteLength).toBe(0);
});

it.each([
  ['acm%65', 'acme'],
  ['%zz', '%zz'],
  ['acme/', 'acme'],
  ['acme/more/of/it', 'acme'],
  ['', ''],
])('takes the source of %j for %s', (segment, name) => {
  const request = readHttpRequest(gatewayEvent({ pathParameters: { proxy: segment } }));

  expect(request.sourceName).toBe(name);
});

it.each([
  ['gzip', 'gzip'],
  [' GZIP, br ', 'gzip, br'],
  ['identity', undefined],
  ['', undefined],
  ['x'.repeat(50), 'x'.repeat(40)],
])('sees that a body under content-encoding %j is packed as %j', (encoding, name) => {
  expect(contentEncodingOf({ headers: { 'content-encoding': encoding } })).toBe(name);
});

it('takes the query of a request without a body for its form, but for a POST', () => {
  const one = { method: 'GET', rawQuery: 'a=1', headers: { x: 'y' }, body: Buffer.alloc(0) };
  const form = { 'content-type': 'application/x-www-form-urlencoded', x: 'y' };

  expect(delivered(one)).toEqual({ raw: Buffer.from('a=1'), headers: form });
  expect(delivered({ ...one, method: 'POST' })).toEqual({ raw: one.body, headers: one.headers });
  expect(delivered({ ...one, body: Buffer.from('{}') })).toEqual({
    raw: Buffer.from('{}'),
    headers: one.headers,
  });
});
