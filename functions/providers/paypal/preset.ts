import { presetWith } from '../preset.ts';
import type { Fetch } from '../../signatures/fetch-text.ts';
import { paypalSignature } from './signature.ts';

export interface PaypalSettings {
  /** The ids of your webhooks, as the developer dashboard lists them: a message to another one is not for you. */
  readonly webhookIds: readonly string[];
  /** Fetches signing certificates (default the global one). */
  readonly fetch?: Fetch;
}

export interface PaypalEvent {
  readonly id: string;
  /** `PAYMENT.CAPTURE.COMPLETED`, … */
  readonly event_type: string;
  readonly resource_type?: string;
  readonly create_time?: string;
  readonly resource: { readonly id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** PayPal. Lane: the resource. */
export const paypal = presetWith<PaypalSettings, PaypalEvent>(
  {
    name: 'paypal',
    title: 'PayPal',
    page: 'https://developer.paypal.com/api/rest/webhooks/rest',
    confidence: 'documentation',
    secret: 'none: messages are signed with a key of PayPal’s',
    unsigned:
      'the body but for a checksum (CRC-32), which a changed body can be made to have: fetch what matters',
    version: 'create_time',
  },
  ({ webhookIds, fetch }) => ({
    verify: paypalSignature(webhookIds, fetch),
    id: 'id',
    type: 'event_type',
    lane: 'resource.id',
  }),
);
