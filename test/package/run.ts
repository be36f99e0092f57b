/**
 * `npm run test:package`: packs the package, installs it into an empty folder, and does with it what the README promises: `init`, types, tests, the
 * local cloud, a webhook that the project's own handler processes, and the template of its stack; then the same with a native module in the handler.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { checksum, findNativeModule, useNativeModule } from './native-module.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'hooklane-package-'));
const largestTarballBytes = 3_000_000;

// What npm tells the scripts it runs is about this checkout.
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
const run = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function step<T>(what: string, act: () => T | Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const done = await act();
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  return done;
}

async function check(): Promise<void> {
  await step('built', () => run(root, process.execPath, 'scripts/build-package.ts'));
  const tarball = await step('packed', () => {
    run(join(root, 'dist'), 'npm', 'pack', '--pack-destination', folder);
    return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
  });
  const { size } = statSync(tarball);
  console.log(`           ${(size / 1000).toFixed(0)} KB`);
  assert.ok(size < largestTarballBytes);
  const files = run(folder, 'tar', '-tzf', tarball).split('\n');
  assert.deepEqual(
    files.filter((file) => /\.test\.|\/test\//.test(file) && !file.includes('/template/')),
    [],
  );

  await step('publint and are-the-types-wrong have nothing to say', () => {
    run(root, 'npx', 'publint', '--strict', 'dist');
    run(root, 'npx', 'attw', '--pack', 'dist', '--profile', 'esm-only');
  });

  await step('installed into an empty folder', () => run(folder, 'npm', 'install', '--no-audit', tarball));
  const shop = join(folder, 'shop');
  await step('hooklane init shop', () =>
    run(folder, 'npx', 'hooklane', 'init', 'shop', '--package', `file:${tarball}`),
  );
  assert.throws(() => run(folder, 'npx', 'hooklane', 'init', 'shop'), /not empty|Command failed/);
  await step('npm install', () => run(shop, 'npm', 'install', '--no-audit'));
  await step('tsc --noEmit', () => run(shop, 'npx', 'tsc', '--noEmit'));
  await step('npm test', () => run(shop, 'npm', 'test'));
  await step('npm start, hooklane send github, processed by its handler', () =>
    processOne(shop, 'delivery-1', {}),
  );
  await step('cdk synth', () => run(shop, 'npx', 'cdk', 'synth', '--quiet'));
  const template = readFileSync(join(shop, 'cdk.out/shop.template.json'), 'utf8');
  assert.doesNotMatch(template, /orders/i);
  assert.match(template, /DELIVERIES_TABLE/);

  await step('a native module is installed', () =>
    useNativeModule(shop, (command, ...args) => run(shop, command, ...args)),
  );
  await step('the handler in the local cloud calls it', () => processOne(shop, 'delivery-2', { checksum }));
  await step('cdk synth, and the asset of the handler with it runs', () => {
    run(shop, 'npx', 'cdk', 'synth', '--quiet');
    findNativeModule(shop);
  });
}

const Endpoints = z.object({ url: z.string() });
const Event = z.object({ state: z.string(), result: z.unknown() });

/** A delivery of this id, of which the handler gives its repository and what is named. */
async function processOne(shop: string, id: string, gives: Readonly<Record<string, unknown>>): Promise<void> {
  const data = join(shop, '.hooklane');
  const cloud = spawn('npx', ['hooklane', 'start', '--port', '0'], {
    cwd: shop,
    env: environment,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => cloud.once('exit', resolve));
  const file = join(data, 'endpoints.json');
  try {
    await until(() => existsSync(file));
    const { url } = Endpoints.parse(JSON.parse(readFileSync(file, 'utf8')));
    const sent = run(shop, 'npx', 'hooklane', 'send', 'github', '--id', id);
    assert.match(sent, /^202 /m);
    const read = async () => Event.parse(await (await fetch(`${url}/ops/events/github/${id}`)).json());
    await until(async () => (await read()).state === 'processed');
    assert.deepEqual((await read()).result, { repository: 'octocat/hello-world', ...gives });
  } finally {
    cloud.kill('SIGTERM');
    await ended;
  }
  // What npm was told, the cloud does.
  await until(() => !existsSync(file));
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('not within two minutes');
    await sleep(100);
  }
}

try {
  await check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
