import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface AuthorizeNetEvent {
  readonly notificationId: string;
  /** `net.authorize.payment.authcapture.created`, … */
  readonly eventType: string;
  readonly eventDate?: string;
  readonly webhookId?: string;
  readonly payload: { readonly entityName?: string; readonly id: string; readonly [field: string]: unknown };
}

/** Authorize.Net. Lane: the transaction, customer profile or subscription. */
export const authorizeNet = preset<AuthorizeNetEvent>(
  {
    name: 'authorize-net',
    title: 'Authorize.Net',
    page: 'https://developer.authorize.net/api/reference/features/webhooks.html',
    confidence: 'documentation',
    // Its hex text itself is the key; the bytes it stands for are the key of other hashes of theirs.
    secret: 'the signature key of the merchant, as it is displayed',
    version: 'eventDate',
  },
  {
    verify: hmac({
      algorithm: 'sha512',
      header: 'x-anet-signature',
      prefix: 'sha512=',
      encoding: 'hex-any-case',
    }),
    id: 'notificationId',
    type: 'eventType',
    lane: 'payload.id',
  },
);
