import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CursorEvent {
  /** `statusChange` */
  readonly event: string;
  readonly timestamp?: string;
  /** The agent. */
  readonly id: string;
  /** `FINISHED`, `ERROR`, … */
  readonly status?: string;
  readonly [field: string]: unknown;
}

/** Cursor’s cloud agents. Lane: the agent. */
export const cursor = preset<CursorEvent>(
  {
    name: 'cursor',
    title: 'Cursor (cloud agents)',
    page: 'https://cursor.com/docs/cloud-agent/api/webhooks',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
    unsigned: 'the delivery id (header)',
    version: 'timestamp',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-webhook-signature', prefix: 'sha256=', encoding: 'hex' }),
    id: 'header:X-Webhook-ID',
    type: ({ body: { event, status } }) => (status === undefined ? event : `${event}.${status}`),
    lane: 'id',
  },
);
