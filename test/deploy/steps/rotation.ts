import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../gateway.ts';

/** As long as a process may go on with the list it has read, and a moment. */
const settledMs = 61_000;
/** Enough to meet every process that is warm. */
const requests = 12;

/** A secret is added, then the old one removed, without a deploy: each list is in force after a minute at the latest, in every process. */
export async function rotate(
  gateway: Gateway,
  put: (source: string, secrets: readonly string[]) => Promise<void>,
): Promise<void> {
  await put('rotated', ['old']);
  await sleep(settledMs);
  await expectStatus(gateway, 'old', true);
  await put('rotated', ['new', 'old']);
  await sleep(settledMs);
  await expectStatus(gateway, 'new', true);
  await expectStatus(gateway, 'old', true);
  await put('rotated', ['new']);
  await sleep(settledMs);
  await expectStatus(gateway, 'old', false);
  await expectStatus(gateway, 'new', true);
}

let sent = 0;

async function expectStatus(gateway: Gateway, secret: string, isTaken: boolean): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: requests }, () =>
      gateway.send('rotated', { id: `rotated-${sent++}`, lane: 'r' }, secret),
    ),
  );
  const expected = isTaken ? [200, 202] : [401];
  for (const { status } of answers)
    assert.ok(expected.includes(status), `${status}, signed by the ${secret} secret`);
}
