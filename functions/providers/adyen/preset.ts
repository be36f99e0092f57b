import { answerWith } from '../../api/answer.ts';
import { joinedWith } from '../../sources/event-keys.ts';
import { plainText } from '../../handshakes/echo.ts';
import { lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { adyenSignature } from './signature.ts';

/** One `NotificationRequestItem` of a body that may hold several. */
export interface AdyenItem {
  readonly pspReference: string;
  /** The payment that this changes; empty where this is the payment. */
  readonly originalReference?: string;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  /** `AUTHORISATION`, `CAPTURE`, `REFUND`, … */
  readonly eventCode: string;
  readonly success: 'true' | 'false' | boolean;
  readonly eventDate?: string;
  readonly reason?: string;
  readonly additionalData?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

function items(body: unknown): readonly unknown[] {
  const found = lookUp(body, 'notificationItems');
  return Array.isArray(found) ? found.map((one: unknown) => lookUp(one, 'NotificationRequestItem')) : [body];
}

/** Adyen's standard webhooks, for payments; a body may hold several. Lane: the payment, whose changes refer to it. */
export const adyen = preset<AdyenItem>(
  {
    name: 'adyen',
    title: 'Adyen (payments)',
    page: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    confidence: 'library',
    secret: 'the HMAC key of the webhook (hex)',
    acknowledgeWithinSeconds: 10,
    unsigned:
      'all but references, merchant account, amount, event code and success; so also the date, which is part of the id',
    version: 'eventDate',
  },
  {
    verify: adyenSignature(),
    split: items,
    // Adyen sends what has changed since under the same reference, with another date.
    id: ({ body }) => joinedWith([body.eventCode, body.pspReference], String(body.success), body.eventDate),
    type: 'eventCode',
    lane: ({ body }) => body.originalReference || body.pspReference,
    respond: answerWith(plainText('[accepted]')),
  },
);
