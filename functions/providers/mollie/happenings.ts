import { form, type Happenings } from '../happenings.ts';

export const mollieHappenings: Happenings = {
  id: 'the object and the millisecond it came',
  differ: 'nothing that is sent: all wake-ups of an object are alike',
  first: form({ id: 'tr_1' }),
  second: form({ id: 'tr_1' }),
  retryRunsAgain: true,
  sameLane: [form({ id: 'tr_1' })],
};
