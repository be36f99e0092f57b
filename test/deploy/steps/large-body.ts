import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Gateway } from '../gateway.ts';

/** A body that does not fit into the ledger, however compressed, reaches the handler by the bucket. */
export async function sendLargeBody(gateway: Gateway): Promise<void> {
  const event = { id: 'large', lane: 'large', filling: randomBytes(300_000).toString('base64') };

  const answered = await gateway.send('work', event);
  const { result } = await gateway.untilState('work', 'large', 'processed', 30_000);

  assert.equal(answered.status, 202);
  assert.deepEqual(result, { bytes: JSON.stringify(event).length, version: '1' });
}
