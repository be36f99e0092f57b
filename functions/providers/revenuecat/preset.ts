import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

export interface RevenuecatWebhook {
  readonly api_version?: string;
  readonly event: {
    readonly id: string;
    /** `INITIAL_PURCHASE`, `RENEWAL`, … */
    readonly type: string;
    readonly app_user_id?: string;
    readonly original_app_user_id?: string;
    readonly event_timestamp_ms?: number;
    readonly [field: string]: unknown;
  };
}

/** RevenueCat, which signs nothing: set an authorization header. Lane: the user. */
export const revenuecat = preset<RevenuecatWebhook>(
  {
    name: 'revenuecat',
    title: 'RevenueCat',
    page: 'https://www.revenuecat.com/docs/integrations/webhooks',
    confidence: 'second-hand',
    secret: 'the whole authorization header of the webhook, as it is set',
    unsigned: 'everything: a token says who calls, not what was sent',
    version: 'event.event_timestamp_ms',
  },
  {
    verify: apiKey({ header: 'authorization' }),
    id: 'event.id',
    type: 'event.type',
    lane: ({ body: { event } }) => event.original_app_user_id ?? event.app_user_id,
  },
);
