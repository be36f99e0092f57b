import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sign } from '@octokit/webhooks-methods';
import Stripe from 'stripe';
import type { Gateway } from '../gateway.ts';
import { paymentBody } from '../../support/payment-body.ts';

export const exampleSecrets = {
  github: 'github-secret',
  stripe: 'whsec_stripe-secret',
  payments: 'payments-secret',
} as const;

/** The repository's own application, as it stands in `infra/app.ts`: providers' own libraries sign, and each answer is what the docs promise. */
export async function driveExample(gateway: Gateway): Promise<void> {
  await Promise.all([gitHub(gateway), stripe(gateway), orders(gateway), strangers(gateway)]);
}

async function gitHub(gateway: Gateway): Promise<void> {
  const body = JSON.stringify({ zen: 'Keep it logically awesome.', repository: { full_name: 'a/b' } });
  const id = randomUUID();
  const headers = {
    'x-github-event': 'push',
    'x-github-delivery': id,
    'x-hub-signature-256': await sign(exampleSecrets.github, body),
  };
  const first = await gateway.post('github', body, headers);
  await gateway.untilState('github', id, 'ignored', 30_000);
  const second = await gateway.post('github', body, headers);
  const forged = await gateway.post('github', body.replace('a/b', 'c/d'), headers);

  assert.deepEqual([first.status, second.status, forged.status], [202, 200, 401]);
  assert.equal(second.body.state, 'ignored');
  assert.equal((await gateway.event('github', id))?.duplicates, 1);
}

async function stripe(gateway: Gateway): Promise<void> {
  const payload = JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'invoice.paid',
    created: 1767225600,
    data: { object: { id: 'in_1', customer: 'cus_1' } },
  });
  const signature = new Stripe('sk_test').webhooks.generateTestHeaderString({
    payload,
    secret: exampleSecrets.stripe,
  });

  const accepted = await gateway.post('stripe', payload, { 'stripe-signature': signature });

  assert.equal(accepted.status, 202);
}

/** A payment makes an order, which the application's own function shows behind IAM. */
async function orders(gateway: Gateway): Promise<void> {
  const order = randomUUID();
  const body = paymentBody({ order_uuid: order, txn_id: `txn-${order}`, status: 'pending' });

  const answered = await gateway.post('payments', JSON.stringify(body), {
    authorization: `Bearer ${exampleSecrets.payments}`,
  });
  await gateway.untilState('payments', `txn-${order}`, 'processed', 30_000);
  const shown = await gateway.ops('GET', `/orders/${order}`);

  assert.deepEqual([answered.status, shown.status], [202, 200]);
}

async function strangers(gateway: Gateway): Promise<void> {
  const unknown = await gateway.post('nobody', '{}', {});
  const health = await gateway.unsigned('/health');
  const unsigned = await gateway.unsigned('/ops/attention');

  assert.deepEqual([unknown.status, health, unsigned], [404, 200, 403]);
}
