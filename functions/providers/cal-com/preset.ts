import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CalComEvent {
  /** `BOOKING_CREATED`, … */
  readonly triggerEvent: string;
  readonly createdAt?: string;
  readonly payload?: { readonly uid?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Cal.com. Lane: the booking. */
export const calCom = preset<CalComEvent>(
  {
    name: 'cal-com',
    title: 'Cal.com',
    page: 'https://cal.com/docs/developing/guides/automation/webhooks',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
    version: 'createdAt',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-cal-signature-256', encoding: 'hex' }),
    // Every webhook says when it was made, to the millisecond.
    id: bodyHash(),
    type: 'triggerEvent',
    lane: 'payload.uid',
  },
);
