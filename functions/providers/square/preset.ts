import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface SquareEvent {
  readonly merchant_id?: string;
  readonly type: string;
  readonly event_id: string;
  readonly created_at: string;
  readonly data: {
    readonly type: string;
    readonly id: string;
    readonly object?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Square signs the address it was given: set `publicUrl`. Lane: the object. */
export const square = preset<SquareEvent>(
  {
    name: 'square',
    title: 'Square',
    page: 'https://developer.squareup.com/docs/webhooks/step3validate',
    confidence: 'library',
    secret: 'the signature key of the subscription',
    acknowledgeWithinSeconds: 10,
    version: 'created_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-square-hmacsha256-signature',
      encoding: 'base64',
      signed: '{url}{body}',
    }),
    id: 'event_id',
    type: 'type',
    lane: 'data.id',
  },
);
