import { paypal } from './preset.ts';

/** As a user would configure it; no sample, since only the provider itself can sign. */
export const paypalExample = paypal({ webhookIds: ['1JE4291016473214C'] });
