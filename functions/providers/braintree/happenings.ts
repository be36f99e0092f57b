import { form, type Happenings } from '../happenings.ts';

const braintree = (second: string, kind = 'subscription_charged_successfully') =>
  form({
    bt_signature: 'x',
    bt_payload: Buffer.from(
      `<notification><timestamp>2026-03-01T12:00:${second}Z</timestamp><kind>${kind}</kind><subject><subscription><id>s1</id></subscription></subject></notification>`,
    ).toString('base64'),
  });

export const braintreeHappenings: Happenings = {
  id: 'digest of the payload',
  differ: 'the time in the payload, to the second',
  repeats: 'two equal notifications about one subject within one second',
  first: braintree('00'),
  second: braintree('01'),
  sameLane: [braintree('02', 'subscription_canceled')],
};
