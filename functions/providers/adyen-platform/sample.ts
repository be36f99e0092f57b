import { adyenPlatform } from './preset.ts';
import type { Sample } from '../sample.ts';

/** No event of Adyen's platforms has an id: that of the sample is its hash, and so it is always the same sample. */
const body = JSON.stringify({
  data: { balancePlatform: 'YOUR_BALANCE_PLATFORM', id: '1W1UG35U8A9J5ZLG', status: 'authorised' },
  environment: 'test',
  timestamp: '2026-01-15T09:30:00.000Z',
  type: 'balancePlatform.transfer.updated',
});

export const adyenPlatformSample: Sample = {
  source: adyenPlatform(),
  key: { secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056' },
  covers: 'body',
  request: () => ({ body }),
  events: [
    {
      eventId: 'f9b99953229bec78485ece9843408269c14297a5e77e93d38d5b3fa9257c130c',
      type: 'balancePlatform.transfer.updated',
      lane: '1W1UG35U8A9J5ZLG',
    },
  ],
};
