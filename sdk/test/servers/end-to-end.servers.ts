import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startConsumer, type ConsumerProcess } from '../consumer-process.ts';
import { startFaultyProxy, type Fault } from '../faulty-proxy.ts';
import { openCharges } from '../fixtures/charges.ts';
import { freshTable, given } from './given.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const lanes = Array.from({ length: 50 }, (_, n) => `lane-${n}`);
const eventsOf = (lane: string) => Array.from({ length: 10 }, (_, n) => `${lane}-${n}`);

/** The local cloud as a process of its own, known only by its address. */
async function startCloud(data: string, consumerUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const config = join(import.meta.dirname, '..', 'fixtures', 'hooklane.config.ts');
  const child = spawn(
    process.execPath,
    ['cli/hooklane.ts', 'start', '--port', '0', '--data', data, '--config', config],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CONSUMER_URL: consumerUrl },
    },
  );
  const file = join(data, 'endpoints.json');
  for (let tries = 0; tries < 600; tries++) {
    const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    if (
      typeof found === 'object' &&
      found !== null &&
      'pid' in found &&
      found.pid === child.pid &&
      'url' in found
    ) {
      return { child, url: String(found.url) };
    }
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('the local cloud does not start');
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

test(
  '500 forwarded events with faults on both sides: each effect once, in order per lane',
  { timeout: 480_000 },
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'consumer-end-to-end-'));
    const store = given('POSTGRES_URL');
    const table = freshTable();
    const charges = await openCharges(store, table);
    await charges.migrate();
    const start = () => startConsumer({ store, table, leaseMs: 1000, waitMs: 500 });
    let consumer: ConsumerProcess = await start();
    const faults: Fault[] = ['refused', 'server-error', 'answer-lost', 'timeout'];
    let requests = 0;
    // Every seventh request is broken, one way after the other.
    const proxy = await startFaultyProxy(
      () => consumer.url,
      () => (++requests % 7 === 0 ? faults[(requests / 7) % faults.length] : undefined),
    );
    let cloud = await startCloud(data, proxy.url);
    let isDone = false;
    let kills = 0;

    const provide = async (lane: string) => {
      for (const id of eventsOf(lane)) {
        const body = JSON.stringify({ id, type: 'paid', entity: lane });
        for (;;) {
          const taken = await fetch(`${cloud.url}/webhooks/open`, {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/json' },
          }).then(
            (response) => response.status === 202 || response.status === 409 || response.status === 200,
            () => false,
          );
          if (taken) break;
          await sleep(100);
        }
      }
    };
    const killConsumers = async () => {
      while (!isDone) {
        await sleep(4000);
        if (kills >= 8) return;
        consumer.kill('SIGKILL');
        kills += 1;
        await consumer.exited;
        consumer = await start();
      }
    };

    try {
      const killing = killConsumers();
      const providing = Promise.all(lanes.map(provide));
      while ((await charges.count()).size < 100) await sleep(200);
      const dead = ended(cloud.child);
      cloud.child.kill('SIGKILL');
      await dead;
      cloud = await startCloud(data, proxy.url);
      await providing;
      await expect
        .poll(async () => (await charges.count()).size, { timeout: 400_000, interval: 500 })
        .toBe(500);
      isDone = true;
      await killing;
      // What is on its way still must not charge again.
      await sleep(3000);

      const counts = await charges.count();
      const order = await charges.order();
      console.log(
        `forwarded ${requests} requests for 500 events: ${JSON.stringify(proxy.counts)}, consumer killed ${kills} times, cloud once`,
      );
      expect([...counts.values()].filter((n) => n !== 1)).toEqual([]);
      for (const lane of lanes) {
        expect(order.filter((event) => event.startsWith(`${lane}-`))).toEqual(eventsOf(lane));
      }
    } finally {
      isDone = true;
      cloud.child.kill('SIGKILL');
      await consumer.stop();
      await proxy.close();
      await charges.close();
      await sleep(500);
      rmSync(data, { recursive: true, force: true });
    }
  },
);
