import * as fc from 'fast-check';
import Stripe from 'stripe';
import { stripeThinSample } from '../../../functions/providers/stripe-thin/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

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
