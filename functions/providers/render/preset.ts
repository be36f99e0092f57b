import { preset } from '../preset.ts';
import { standardWebhooksSignature } from '../../signatures/standard-webhooks.ts';

/** A thin event: fetch its details. */
export interface RenderEvent {
  /** `deploy_ended`, `server_failed`, … */
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly id: string;
    readonly serviceId?: string;
    readonly [field: string]: unknown;
  };
}

/** Render. Lane: the service. */
export const render = preset<RenderEvent>(
  {
    name: 'render',
    title: 'Render',
    page: 'https://render.com/docs/webhooks',
    confidence: 'second-hand',
    secret: 'the signing secret of the webhook (whsec_…)',
    acknowledgeWithinSeconds: 15,
    version: 'timestamp',
  },
  {
    verify: standardWebhooksSignature('webhook'),
    id: 'header:webhook-id',
    type: 'type',
    lane: 'data.serviceId',
  },
);
