import { expect, it } from 'vitest';
import { lemonSqueezy } from '../../functions/providers/lemon-squeezy/preset.ts';
import { lemonSqueezySample } from '../../functions/providers/lemon-squeezy/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { anyDigest, eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('lemon-squeezy');

it('reads its events', async () => {
  const body = {
    meta: { event_name: 'order_created' },
    data: { type: 'orders', id: '1', attributes: { updated_at: '2021-08-17T09:45:53.000000Z' } },
  };

  expect(await eventsOf(lemonSqueezy(), body)).toEqual([[anyDigest, 'order_created', 'orders/1']]);
});

agreesWithFormula({
  sample: lemonSqueezySample,
  headers: ({ body }, secret) => ({
    'x-signature': hex(secret, body),
  }),
});
