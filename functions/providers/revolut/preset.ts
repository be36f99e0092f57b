import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface RevolutEvent {
  /** `TransactionStateChanged`, `ORDER_COMPLETED`, … */
  readonly event: string;
  readonly timestamp?: string;
  readonly data?: { readonly id?: string; readonly [field: string]: unknown };
  /** Of the Merchant API. */
  readonly order_id?: string;
  readonly [field: string]: unknown;
}

/** Revolut, Business and Merchant API. Lane: the transaction or order. */
export const revolut = preset<RevolutEvent>(
  {
    name: 'revolut',
    title: 'Revolut',
    page: 'https://developer.revolut.com/docs/guides/manage-accounts/tutorials/work-with-webhooks/verify-the-payload-signature',
    confidence: 'documentation',
    secret: 'the signing secret of the webhook (wsk_…)',
    version: 'timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'revolut-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
      signed: 'v1.{timestamp}.{body}',
      timestamp: {
        from: 'header:revolut-request-timestamp',
        unit: 'ms',
        toleranceSeconds: 3600,
        futureSeconds: 300,
      },
    }),
    // An order whose payment is declined twice says the same twice; each request is signed with its time.
    id: (e) =>
      e.body.timestamp === undefined
        ? bodyHash({ headers: ['revolut-request-timestamp'] })(e)
        : bodyHash()(e),
    type: 'event',
    lane: ({ body }) => body.data?.id ?? body.order_id,
  },
);
