import { answerWith } from '../../api/answer.ts';
import { bodyHash } from '../../sources/event-keys.ts';
import { plainText } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface AdyenPlatformEvent {
  /** `balancePlatform.transfer.updated`, `merchant.created`, … */
  readonly type?: string;
  readonly environment?: string;
  readonly timestamp?: string;
  readonly data: { readonly id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Adyen's webhooks for platforms and of the Management API; those for payments are `adyen`. Lane: the resource. */
export const adyenPlatform = preset<AdyenPlatformEvent>(
  {
    name: 'adyen-platform',
    title: 'Adyen (platforms, management)',
    page: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    confidence: 'library',
    secret: 'the HMAC key of the webhook (hex)',
    acknowledgeWithinSeconds: 10,
    version: 'timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'hmacsignature',
      encoding: 'base64',
      key: { format: 'hex' },
    }),
    // Every body says when it was made.
    id: bodyHash(),
    type: ({ body, source }) => body.type ?? source,
    lane: 'data.id',
    respond: answerWith(plainText('[accepted]')),
  },
);
