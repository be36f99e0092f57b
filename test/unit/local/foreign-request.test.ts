import { request } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../local/fixtures/temporary-folder.ts';
import { startGateway } from '../../../local/gateway/api-gateway.ts';
import { consolePages } from '../../../local/console/console-pages.ts';
import { isForeign } from '../../../local/foreign-request.ts';
import { routesOf } from '../../../functions/runtime/settings.ts';

it.each([
  [{ host: '127.0.0.1:4700' }],
  [{ host: 'localhost' }],
  [{ host: '[::1]:4700' }],
  [{ host: '127.0.0.1:4700', origin: 'http://127.0.0.1:4700' }],
  [{ host: '127.0.0.1:4700', origin: 'http://localhost:3000' }],
  [{}],
])('takes %o for a request of this machine', (headers) => {
  expect(isForeign(headers)).toBe(false);
});

it.each([
  [{ host: '127.0.0.1:4700', origin: 'https://evil.example' }],
  [{ host: '127.0.0.1:4700', origin: 'http://127.0.0.1.evil.example' }],
  [{ host: '127.0.0.1:4700', origin: 'null' }],
  [{ host: 'rebound.evil.example:4700' }],
  [{ host: 'rebound.evil.example', origin: 'http://rebound.evil.example' }],
  [{ host: 'localhost:4700@evil.example' }],
  [{ host: '' }],
])('takes %o for a request from elsewhere', (headers) => {
  expect(isForeign(headers)).toBe(true);
});

const builtFolder = temporaryFolder();
writeFileSync(join(builtFolder, 'index.html'), '<title>Hooklane</title>');

let gateway: Awaited<ReturnType<typeof startGateway>>;
let invoked: string[];
beforeEach(async () => {
  invoked = [];
  gateway = await startGateway({
    port: 0,
    routes: routesOf({ functions: { desk: { entry: 'desk.ts', routes: ['POST /orders'] } } }),
    invoke(name) {
      invoked.push(name);
      return Promise.resolve({ kind: 'returned', value: { statusCode: 200 } });
    },
    pages: [consolePages(() => ({ kind: 'built', folder: builtFolder }))],
    now: () => new Date(),
    log: () => undefined,
    integrationTimeoutMs: 1000,
  });
});
afterEach(() => gateway.close());

/** As a browser or a tunnel would send it: `fetch` lets nobody choose these headers. */
function statusOf(
  path: string,
  headers: Readonly<Record<string, string>>,
  method: 'GET' | 'POST' = 'POST',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${gateway.url}${path}`, { method, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end(method === 'POST' ? '{"reason":"click me"}' : undefined);
  });
}

const page = { origin: 'https://evil.example', 'content-type': 'text/plain' };
const tunnel = { host: 'abc.tunnel.example' };

it.each([
  ['/ops/events/acme/e1/replay', page],
  ['/ops/events/acme/e1/replay', tunnel],
  ['/orders', page],
])('lets nobody from elsewhere post to %s, as IAM would not', async (path, headers) => {
  const status = await statusOf(path, headers);

  expect(status).toBe(403);
  expect(invoked).toEqual([]);
});

it('lets operators and their own pages post', async () => {
  const statuses = [
    await statusOf('/ops/events/acme/e1/replay', {}),
    await statusOf('/ops/events/acme/e1/replay', { origin: gateway.url }),
  ];

  expect(statuses).toEqual([200, 200]);
});

it('takes webhooks from anywhere', async () => {
  const statuses = [await statusOf('/webhooks/acme', page), await statusOf('/webhooks/acme', tunnel)];

  expect(statuses).toEqual([200, 200]);
  expect(invoked).toEqual(['ingest', 'ingest']);
});

it('shows the console to this machine alone', async () => {
  const statuses = [
    await statusOf('/console/', {}, 'GET'),
    await statusOf('/console/', tunnel, 'GET'),
    await statusOf('/console/', page, 'GET'),
  ];

  expect(statuses).toEqual([200, 403, 403]);
  expect(invoked).toEqual([]);
});
