import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Cloud } from '../../local/start-cloud.ts';
import { startObedientCloud } from './fixtures/obedient-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

let cloud: Cloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startObedientCloud({ dataFolder, integrationTimeoutMs: 1500, drainMs: 0 });
});
afterAll(() => cloud.close());

const post = (
  body: string | Uint8Array<ArrayBuffer>,
  contentType = 'application/json',
  path = '/webhooks/open',
) => fetch(`${cloud.url}${path}`, { method: 'POST', headers: { 'content-type': contentType }, body });

const Echo = z.object({ body: z.string(), isBase64Encoded: z.boolean() });

const ask = (order: object) => post(JSON.stringify(order));

test('a function gets the request and its result is the response', async () => {
  const response = await ask({
    do: 'answer',
    value: { statusCode: 418, cookies: ['a=1', 'b=2'], body: '/w==', isBase64Encoded: true },
  });

  expect(response.status).toBe(418);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.bytes()).toEqual(new Uint8Array([0xff]));
});

test('repeated headers arrive joined, from the address that sent them', async () => {
  const echoed = await new Promise<string>((resolve, reject) => {
    request(
      `${cloud.url}/webhooks/open?a=1`,
      { method: 'PUT', headers: { 'X-Twice': ['one', 'two'] }, localAddress: '127.0.0.9' },
      (response) => {
        response.setEncoding('utf8').on('data', resolve);
      },
    )
      .on('error', reject)
      .end('not JSON');
  });

  expect(JSON.parse(echoed)).toMatchObject({
    routeKey: 'ANY /webhooks/{proxy+}',
    rawQueryString: 'a=1',
    headers: { 'x-twice': 'one,two' },
    requestContext: { http: { method: 'PUT', sourceIp: '127.0.0.9' } },
    isBase64Encoded: true,
  });
});

test.each([
  ['invalid UTF-8', Buffer.from([0x22, 0xff, 0xc0, 0x22])],
  ['four megabytes', Buffer.alloc(4_000_000, 'ü')],
])('a body of %s arrives byte by byte', async (_, bytes) => {
  const response = await post(bytes);

  const { body, isBase64Encoded } = Echo.parse(await response.json());
  expect(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').equals(bytes)).toBe(true);
});

describe('API Gateway answers itself', () => {
  test.each(['/', '/webhooks', '/webhooks/', '/elsewhere'])('404 at %s', async (path) => {
    const response = await post('{}', 'application/json', path);

    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  test('413 to a body over 10 MB, without reading it into a function', async () => {
    const response = await post(Buffer.alloc(11 * 1024 * 1024));

    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  test.each(['throw', 'exit'])('500 when the function fails (%s)', async (what) => {
    const response = await ask({ do: what });

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  test('503 when the function takes too long', async () => {
    const response = await ask({ do: 'hang', ms: 5000 });

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test('500 to a header that HTTP does not allow', async () => {
    const response = await ask({ do: 'answer', value: { statusCode: 200, headers: { 'x-evil': 'a\r\nb' } } });

    expect(response.status).toBe(500);
  });
});

test.each(['/webhooks/open/', '/webhooks/open/what/a/provider/appends'])(
  'a path below that of a source, such as %s, reaches ingest',
  async (path) => {
    const response = await post('{}', 'application/json', path);

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ rawPath: path });
  },
);
