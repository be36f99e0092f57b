import * as fc from 'fast-check';
import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { stripeThin } from '../../functions/providers/stripe-thin/preset.ts';
import { stripeThinSample } from '../../functions/providers/stripe-thin/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('stripe-thin');

it('in the lane of what they are about, or their own', async () => {
  const body = {
    id: 'evt_test_65R9Ijk8dKEYZcXeRWn16R9A7j1FSQ3w3TGDPLLGSM4CW0',
    object: 'v2.core.event',
    type: 'v1.billing.meter.error_report_triggered',
    created: '2024-09-17T06:20:52.246Z',
    related_object: { id: 'mtr_test_61R9IeP0SgKbYROOx41PEAQhH0qO23oW', type: 'billing.meter', url: '/v1/…' },
  };

  expect(await eventsOf(stripeThin(), body)).toEqual([
    [body.id, 'v1.billing.meter.error_report_triggered', 'mtr_test_61R9IeP0SgKbYROOx41PEAQhH0qO23oW'],
  ]);
  expect(await eventsOf(stripeThin(), { ...body, related_object: null })).toEqual([
    [body.id, body.type, body.id],
  ]);
});

const stripe = new Stripe('sk_test_none');

agreesWithLibrary({
  name: 'stripe',
  sample: stripeThinSample,
  keys: textSecrets,
  // The library reads what it has verified.
  bodies: fc
    .json({ stringUnit: 'grapheme' })
    .map((data) => `{"id":"evt_1","object":"v2.core.event","type":"t","data":${data}}`),
  accepts: ({ body, headers }, { secret }) => {
    try {
      stripe.parseEventNotification(Buffer.from(body), headers['stripe-signature'] ?? '', secret);
      return true;
    } catch {
      return false;
    }
  },
});
