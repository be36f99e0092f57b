import { expect, it } from 'vitest';
import { findHandshake } from '../../functions/handshakes/handshake.ts';
import { woocommerce } from '../../functions/providers/woocommerce/preset.ts';
import { aRequest } from '../support/a-request.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const context = { secrets: ['s'], handshakeSecrets: [], now: new Date() };
const save = (body: string, headers: Record<string, string> = form) =>
  findHandshake(woocommerce().handshakes ?? [], aRequest({ body, headers }), false, context);

it('lets WooCommerce save a webhook, which it tries without a signature', () => {
  expect(save('webhook_id=17')).toEqual({ kind: 'answer', name: 'saving', answer: { status: 200 } });
});

it.each([
  'webhook_id=',
  'webhook_id=x',
  'webhook_id=1&webhook_id=2',
  'webhook_id=1&id=2',
  'id=17',
  '{"webhook_id":17}',
  '',
])('takes %j for no such try', (body) => {
  expect(save(body)).toBeUndefined();
  expect(save(body, { 'content-type': 'application/json' })).toBeUndefined();
});
