import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { razorpay } from '../../functions/providers/razorpay/preset.ts';
import { razorpaySample } from '../../functions/providers/razorpay/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('razorpay');

describe('its events', () => {
  const headers = { 'x-razorpay-event-id': 'GkQbTZvh5wSVsT' };
  const at = { entity: 'event', account_id: 'acc_1', created_at: 1606722486 };

  it.each([
    ['payment.captured', ['payment'], { payment: { entity: { id: 'pay_1', order_id: 'o1' } } }, 'pay_1'],
    [
      'order.paid',
      ['payment', 'order'],
      { payment: { entity: { id: 'pay_1' } }, order: { entity: { id: 'order_1' } } },
      'order_1',
    ],
    [
      'payment.dispute.created',
      ['payment', 'dispute'],
      { payment: { entity: { id: 'pay_1' } }, dispute: { entity: { id: 'disp_1' } } },
      'pay_1',
    ],
    [
      'fund_account.validation.completed',
      ['fund_account.validation'],
      { 'fund_account.validation': { entity: { id: 'fav_1' } } },
      'fav_1',
    ],
    ['something.new', [], {}, 'GkQbTZvh5wSVsT'],
  ])('%s', async (event, contains, payload, lane) => {
    expect(await eventsOf(razorpay(), { ...at, event, contains, payload }, headers)).toEqual([
      ['GkQbTZvh5wSVsT', event, lane],
    ]);
  });

  it('does without the id that stands in a header', async () => {
    const read1 = await eventsOf(razorpay(), { ...at, event: 'e', contains: [], payload: {} });

    expect(read1).toEqual([[otherwise, 'e', otherwise]]);
  });
});

const { validateWebhookSignature } = createRequire(import.meta.url)(
  'razorpay/dist/utils/razorpay-utils.js',
) as {
  validateWebhookSignature: (body: string, signature: string, secret: string) => boolean;
};

agreesWithLibrary({
  name: 'razorpay',
  sample: razorpaySample,
  keys: textSecrets,
  accepts: ({ body, headers }, { secret }) =>
    validateWebhookSignature(Buffer.from(body).toString(), headers['x-razorpay-signature'] ?? '', secret),
});
