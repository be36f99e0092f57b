import { request } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsoleProxy } from '../../../cli/console/console-proxy.ts';
import { CommandError } from '../../../cli/command-error.ts';
import { exitCodes } from '../../../cli/exit-codes.ts';
import type { AwsAccount } from '../../../cli/operations/aws-account.ts';
import type { ConsolePages } from '../../../local/console/console-pages.ts';

const account: AwsAccount = {
  credentials: () =>
    isSignedIn
      ? Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' })
      : Promise.reject(new CommandError('No AWS credentials', exitCodes.denied)),
  region: () => Promise.resolve('eu-west-1'),
  outputs: () => Promise.resolve({}),
};
const api = 'https://abc.execute-api.eu-west-1.amazonaws.com';
const target = { url: api, where: 'the stack shop', account };
const pages: ConsolePages = {
  has: (method, path) => method === 'GET' && path.startsWith('/console'),
  answer: (path) =>
    Promise.resolve({ status: 200, headers: {}, cookies: [], body: Buffer.from(`page ${path}`) }),
};

let asked: { readonly url: string; readonly init: RequestInit | undefined }[];
let apiIsThere: boolean;
let isSignedIn: boolean;
let proxy: Awaited<ReturnType<typeof startConsoleProxy>>;
beforeEach(async () => {
  asked = [];
  apiIsThere = true;
  isSignedIn = true;
  proxy = await startConsoleProxy(target, {
    port: 0,
    pages,
    now: () => new Date('2026-01-02T03:04:05Z'),
    fetch: (url, init) => {
      asked.push({ url: url instanceof Request ? url.url : url.toString(), init });
      if (!apiIsThere) return Promise.reject(new Error('fetch failed'));
      return Promise.resolve(
        new Response('{"items":[]}', {
          status: 200,
          headers: {
            'content-type': 'application/json',
            'set-cookie': 'a=b',
            'access-control-allow-origin': '*',
          },
        }),
      );
    },
  });
});
afterEach(() => proxy.close());

interface Got {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Below the folder of the token, unless the path begins with a slash. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Got> {
  const { hostname, port, pathname } = new URL(proxy.url);
  const folder = pathname.slice(0, -'console/'.length);
  return new Promise((resolve, reject) => {
    request(
      {
        hostname,
        port,
        path: path.startsWith('/') ? path : `${folder}${path}`,
        headers,
        method: body === undefined ? 'GET' : 'POST',
      },
      (response) => {
        let text = '';
        response.on('data', (piece: Buffer) => (text += piece.toString()));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      },
    )
      .on('error', reject)
      .end(body);
  });
}

it('serves the console below its token, and asks the API in its name, signed', async () => {
  const page = await ask('console/');
  const list = await ask('ops/events?source=shop&limit=5', { origin: new URL(proxy.url).origin });

  expect(page.text).toBe('page /console/');
  expect(list).toMatchObject({ status: 200, text: '{"items":[]}' });
  expect(asked.map(({ url }) => url)).toEqual([`${api}/ops/events?source=shop&limit=5`]);
  const sent = new Headers(asked[0]?.init?.headers);
  expect(sent.get('authorization')).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260102\/eu-west-1\/execute-api\//,
  );
  expect(sent.get('x-amz-security-token')).toBe('session');
});

it('hands on what an operator does, with the reason', async () => {
  const { status } = await ask('ops/events/shop/a%2Fb/redrive', {}, '{"reason":"repaired"}');

  expect(status).toBe(200);
  expect(asked[0]).toMatchObject({
    url: `${api}/ops/events/shop/a%2Fb/redrive`,
    init: { method: 'POST', body: '{"reason":"repaired"}' },
  });
});

it('gives a page of another origin nothing, and lets nothing of the API reach the browser but its answer', async () => {
  const { headers } = await ask('ops/attention');

  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});

it.each([
  ['without a token', '/ops/attention', {}],
  ['without a token', '/console/', {}],
  ['with a wrong token', `/${'A'.repeat(43)}/ops/attention`, {}],
  ['under another name', 'ops/attention', { host: 'console.evil.example' }],
  ['under another name of this machine', 'ops/attention', { host: 'localhost:4800' }],
  ['from another origin', 'ops/attention', { origin: 'https://evil.example' }],
  ['from another page of this machine', 'ops/attention', { origin: 'http://127.0.0.1:3000' }],
  ['from a sandboxed page', 'ops/attention', { origin: 'null' }],
  ['from another site, as an image', 'ops/attention', { 'sec-fetch-site': 'cross-site' }],
] as const)('refuses what comes %s: %s', async (_what, path, headers) => {
  const { status } = await ask(path, headers);

  expect(status).toBe(403);
  expect(asked).toEqual([]);
});

it.each(['webhooks/shop', 'ops/../webhooks/shop', 'ops/%2e%2e/webhooks/shop', 'orders', 'ops'])(
  'asks the API for operations alone, not for %s',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
    expect(asked).toEqual([]);
  },
);

it('says why where the deployment does not answer', async () => {
  apiIsThere = false;

  const { status, text } = await ask('ops/attention');

  expect(status).toBe(502);
  expect(JSON.parse(text)).toMatchObject({
    detail: expect.stringContaining('the stack shop does not answer') as string,
  });
});

it('says that nobody is signed in as a refusal, and asks again with the credentials that came', async () => {
  isSignedIn = false;
  const before = await ask('ops/attention');
  isSignedIn = true;

  expect(before.status).toBe(401);
  expect(JSON.parse(before.text)).toMatchObject({ detail: 'No AWS credentials' });
  expect((await ask('ops/attention')).status).toBe(200);
});
