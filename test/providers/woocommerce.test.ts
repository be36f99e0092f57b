import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../../functions/providers/woocommerce/preset.ts';
import { woocommerceSample } from '../../functions/providers/woocommerce/sample.ts';
import { agreesWithFormula, base64 } from '../support/provider/documented-formula.ts';
import { eventsOf, form, otherwise } from '../support/provider/events-of.ts';
import { before } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('woocommerce');

describe('its events', () => {
  const of = (body: object, topic: string) =>
    eventsOf(woocommerce(), body, { 'x-wc-webhook-topic': topic, 'x-wc-webhook-delivery-id': 'a' });

  it('takes every request for an event: it never comes again, and two may be alike', async () => {
    expect(await of({ id: 727, date_modified_gmt: '2026-01-15T09:30:00' }, 'order.updated')).toEqual([
      [otherwise, 'order.updated', 'order/727'],
    ]);
    expect(await of({ id: 727 }, 'product.deleted')).toEqual([[otherwise, 'product.deleted', 'product/727']]);
  });

  it('reads actions of WordPress, which have no id', async () => {
    const added = { action: 'woocommerce_add_to_cart', arg: 'c4ca4238' };

    expect(await of(added, 'action.woocommerce_add_to_cart')).toEqual([
      [otherwise, 'action.woocommerce_add_to_cart', 'action/c4ca4238'],
    ]);
  });
});

const save = (body: string, headers: Record<string, string> = form) =>
  before(woocommerce(), { body, headers });

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

describe('its signature', () => {
  const entities = new Map([
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#039;', "'"],
    ['&amp;', '&'],
  ]);
  const parts = fc.oneof(fc.constantFrom(...entities.keys(), '&', ';'), fc.string({ maxLength: 10 }));
  // A hash behind them, so that no two are one key spelled in two ways.
  const keys = fc.array(parts, { minLength: 1, maxLength: 8 }).map((all) => {
    const secret = all.join('');
    return { secret: secret + createHash('md5').update(secret).digest('hex') };
  });

  agreesWithFormula({
    sample: woocommerceSample,
    keys,
    headers: ({ body }, secret) => {
      const decoded = secret
        .split(/(&lt;|&gt;|&quot;|&#039;|&amp;)/)
        .map((part) => entities.get(part) ?? part)
        .join('');
      return { 'x-wc-webhook-signature': base64(decoded, body) };
    },
  });
});
