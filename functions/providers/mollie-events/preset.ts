import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface MollieEvent {
  readonly resource: 'event';
  readonly id: string;
  /** `payment-link.paid`, `sales-invoice.created`, … */
  readonly type: string;
  readonly entityId: string;
  readonly createdAt?: string;
  /** With the full payload: the entity itself. */
  readonly _embedded?: { readonly entity?: Readonly<Record<string, unknown>> };
  readonly [field: string]: unknown;
}

/** Mollie's next-gen webhooks; the classic ones are `mollie`. Lane: the entity. */
export const mollieEvents = preset<MollieEvent>(
  {
    name: 'mollie-events',
    title: 'Mollie (next-gen)',
    page: 'https://docs.mollie.com/reference/webhooks-best-practices',
    confidence: 'documentation',
    secret: 'the signing secret of the webhook',
    version: 'createdAt',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-mollie-signature',
      // For a day after a rotation the header comes twice.
      shape: { kind: 'list', separator: ',', signature: 'sha256', mayBeBare: true },
      encoding: 'hex',
    }),
    id: 'id',
    type: 'type',
    lane: 'entityId',
  },
);
