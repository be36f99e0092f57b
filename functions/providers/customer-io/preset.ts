import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CustomerIoEvent {
  readonly event_id: string;
  /** `email`, `push`, `customer`, … */
  readonly object_type?: string;
  /** `sent`, `opened`, `clicked`, … */
  readonly metric: string;
  /** Whole seconds. */
  readonly timestamp?: number;
  readonly data?: {
    readonly customer_id?: string;
    readonly identifiers?: {
      readonly id?: string | null;
      readonly cio_id?: string;
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
}

/** Customer.io’s reporting webhooks. Lane: the person. */
export const customerIo = preset<CustomerIoEvent>(
  {
    name: 'customer-io',
    title: 'Customer.io',
    page: 'https://docs.customer.io/journeys/webhooks/',
    confidence: 'second-hand',
    secret: 'the signing key of the reporting webhook',
    acknowledgeWithinSeconds: 4,
    version: 'timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-cio-signature',
      encoding: 'hex',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { from: 'header:x-cio-timestamp', unit: 's' },
    }),
    id: 'event_id',
    type: ({ body: { object_type: type, metric } }) => (type === undefined ? metric : `${type}.${metric}`),
    lane: ({ body: { data } }) => data?.identifiers?.cio_id ?? data?.identifiers?.id ?? data?.customer_id,
  },
);
