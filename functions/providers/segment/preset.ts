import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface SegmentCall {
  readonly messageId: string;
  /** `track`, `identify`, … */
  readonly type: string;
  /** Of `track`. */
  readonly event?: string;
  readonly userId?: string | null;
  readonly anonymousId?: string | null;
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

/** Segment’s webhook destination. Lane: the user, else the anonymous one. */
export const segment = preset<SegmentCall>(
  {
    name: 'segment',
    title: 'Twilio Segment',
    page: 'https://segment.com/docs/connections/destinations/catalog/webhooks/',
    confidence: 'second-hand',
    secret: 'the shared secret of the webhook destination',
    version: 'timestamp',
  },
  {
    verify: hmac({ algorithm: 'sha1', header: 'x-signature', encoding: 'hex' }),
    id: 'messageId',
    type: ({ body: { type, event } }) => (event === undefined ? type : `${type}.${event}`),
    lane: ({ body }) => body.userId ?? body.anonymousId,
  },
);
