import { braintree } from './preset.ts';
import type { Sample } from '../sample.ts';

/** Ends in a newline, as Braintree's do. */
const payload = `${Buffer.from(
  `<notification>
  <timestamp type="datetime">2026-01-15T09:30:00Z</timestamp>
  <kind>subscription_charged_successfully</kind>
  <subject>
    <subscription>
      <id>sub_4711</id>
      <transactions type="array"><transaction><id>tx_1</id></transaction></transactions>
    </subscription>
  </subject>
</notification>`,
).toString('base64')}\n`;

export const braintreeSample: Sample = {
  source: braintree(),
  key: { secret: 'qrcd8k2jvzkf7zb3:8b8f0fcb6a7f4a0e9e4d6c1c3b2a1908' },
  covers: 'body',
  request: () => ({
    body: `bt_payload=${encodeURIComponent(payload)}`,
    contentType: 'application/x-www-form-urlencoded',
  }),
  events: [
    {
      eventId: '0e88559612599765ea14d4188d8b6a5b4f67a7a34015085a9b00369416ffcd47',
      type: 'subscription_charged_successfully',
      lane: 'sub_4711',
    },
  ],
};
