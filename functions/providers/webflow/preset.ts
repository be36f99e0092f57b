import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface WebflowEvent {
  /** `form_submission`, `collection_item_changed`, … */
  readonly triggerType: string;
  readonly payload?: {
    readonly id?: string;
    readonly siteId?: string;
    readonly lastUpdated?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Webflow. Lane: the item, order or page, else the site. */
export const webflow = preset<WebflowEvent>(
  {
    name: 'webflow',
    title: 'Webflow',
    page: 'https://developers.webflow.com/data/docs/working-with-webhooks',
    confidence: 'documentation',
    secret: 'the client secret of the app, or the secret of the webhook',
    version: 'payload.lastUpdated',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-webflow-signature',
      encoding: 'hex',
      signed: '{timestamp}:{body}',
      timestamp: {
        from: 'header:x-webflow-timestamp',
        unit: 'ms',
        toleranceSeconds: 3600,
        futureSeconds: 300,
      },
    }),
    // What changed comes with its times; within a day nothing says the same twice.
    id: bodyHash({ within: 24 * 3600 }),
    type: 'triggerType',
    lane: ({ body: { payload } }) => payload?.id ?? payload?.siteId,
  },
);
