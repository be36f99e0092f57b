import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface LemonSqueezyEvent {
  readonly meta: {
    readonly event_name: string;
    readonly custom_data?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
  readonly data: {
    readonly type: string;
    readonly id: string;
    readonly attributes: { readonly updated_at?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** Lemon Squeezy. Lane: the order, subscription, … */
export const lemonSqueezy = preset<LemonSqueezyEvent>(
  {
    name: 'lemon-squeezy',
    title: 'Lemon Squeezy',
    page: 'https://docs.lemonsqueezy.com/help/webhooks/signing-requests',
    confidence: 'second-hand',
    secret: 'the signing secret of the webhook',
    version: 'data.attributes.updated_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-signature', encoding: 'hex' }),
    // The resource comes with the time of its last change.
    id: bodyHash(),
    type: 'meta.event_name',
    lane: ({ body: { data } }) => joined(data.type, data.id),
  },
);
