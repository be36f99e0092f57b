import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface PagerdutyEvent {
  readonly event: {
    readonly id: string;
    /** `incident.triggered`, `service.updated`, … */
    readonly event_type: string;
    readonly resource_type: string;
    readonly occurred_at: string;
    readonly data: {
      readonly id?: string;
      readonly type: string;
      readonly incident?: { readonly id?: string; readonly [field: string]: unknown } | null;
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
}

/** PagerDuty, version 3. Lane: the incident or service. */
export const pagerduty = preset<PagerdutyEvent>(
  {
    name: 'pagerduty',
    title: 'PagerDuty',
    page: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
    confidence: 'documentation',
    secret: 'the secret of the subscription',
    version: 'event.occurred_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-pagerduty-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
    }),
    handshakes: [ping('ping', { 'field:event.event_type': 'pagey.ping' })],
    id: 'event.id',
    type: 'event.event_type',
    // A note, a status update or a task names its incident.
    lane: ({ body: { event } }) => event.data.incident?.id ?? event.data.id,
  },
);
