import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { consolePages, type ConsolePages } from '../../../local/console/console-pages.ts';
import { temporaryFolder } from '../../local/fixtures/temporary-folder.ts';

const folder = temporaryFolder();
const built = join(folder, 'built');
let pages: ConsolePages;
beforeAll(() => {
  mkdirSync(join(built, 'assets'), { recursive: true });
  mkdirSync(join(built, 'docs'));
  writeFileSync(join(built, 'docs/index.html'), '<title>Reference</title>');
  writeFileSync(join(built, 'index.html'), '<title>Hooklane</title>');
  writeFileSync(join(built, 'assets/index-Ab1.js'), 'start()');
  writeFileSync(join(folder, 'secret.html'), 'a secret');
  pages = consolePages(() => ({ kind: 'built', folder: built }));
});

it('has what is below /console and /docs, to be read only', () => {
  const asked = [
    ['GET', '/console'],
    ['HEAD', '/console/'],
    ['GET', '/console/assets/a.js'],
    ['POST', '/console/'],
    ['GET', '/consoles'],
    ['GET', '/docs'],
    ['GET', '/docs/reference.js'],
    ['POST', '/docs/'],
    ['GET', '/docs.json'],
  ] as const;

  expect(asked.map(([method, path]) => pages.has(method, path))).toEqual([
    ...[true, true, true, false, false],
    ...[true, true, false, false],
  ]);
});

it('sends /console to the folder, below whatever it was asked for', async () => {
  const { status, headers } = await pages.answer('/console', undefined);

  expect(status).toBe(308);
  expect(headers['location']).toBe('console/');
});

it('has the API reference at /docs, by the same headers but for the markup that its library makes', async () => {
  const [console, docs] = [
    await pages.answer('/console/', undefined),
    await pages.answer('/docs/', undefined),
  ];
  const [moved, outside] = [
    await pages.answer('/docs', undefined),
    await pages.answer('/docs/../index.html', undefined),
  ];

  expect(docs.body.toString()).toBe('<title>Reference</title>');
  const policy = 'content-security-policy';
  expect(`${docs.headers[policy] ?? ''}; require-trusted-types-for 'script'`).toBe(console.headers[policy]);
  expect({ ...docs.headers, [policy]: '' }).toEqual({ ...console.headers, [policy]: '' });
  expect([moved.status, moved.headers['location']]).toEqual([308, 'docs/']);
  expect(outside.status).toBe(404);
});

it('lets no script run but its own, nothing be loaded from elsewhere, and no page frame it', async () => {
  const { status, headers, body } = await pages.answer('/console/', undefined);

  expect(status).toBe(200);
  expect(body.toString()).toBe('<title>Hooklane</title>');
  expect(headers['cache-control']).toBe('no-cache');
  const policy = headers['content-security-policy']?.split('; ') ?? [];
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ]),
  );
  expect(policy.join(' ')).not.toMatch(/unsafe|https?:|\*/);
});

it('lets a browser keep the files that are named by their content, compressed where it takes that', async () => {
  const plain = await pages.answer('/console/assets/index-Ab1.js', undefined);
  const zipped = await pages.answer('/console/assets/index-Ab1.js', 'gzip, deflate, br');

  expect(plain.body.toString()).toBe('start()');
  expect(plain.headers['cache-control']).toMatch(/immutable/);
  expect(zipped.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(zipped.body).toString()).toBe('start()');
});

it.each([
  '/console/../secret.html',
  '/console/..%2Fsecret.html',
  '/console/assets/../../secret.html',
  '/console//etc/passwd',
  '/console/assets/nothing.js',
  '/console/assets',
  '/console/%',
])('has nothing at %s', async (path) => {
  expect((await pages.answer(path, undefined)).status).toBe(404);
});

it('says that it is being built, and asks again by itself', async () => {
  const { status, body } = await consolePages(() => ({ kind: 'building' })).answer('/console/', undefined);

  expect(status).toBe(200);
  expect(body.toString()).toMatch(/http-equiv="refresh".*is being built/);
});

it('says why it could not be built, as text', async () => {
  const failed = consolePages(() => ({ kind: 'failed', reason: 'no <script>' }));

  const { status, body } = await failed.answer('/console/', undefined);

  expect(status).toBe(500);
  expect(body.toString()).toContain('no &lt;script>');
});
