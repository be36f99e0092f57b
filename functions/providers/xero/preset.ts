import { answerWith } from '../../api/answer.ts';
import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One event of a body that may hold several. */
export interface XeroEvent {
  readonly tenantId: string;
  readonly resourceId: string;
  /** `INVOICE`, `CONTACT`, … */
  readonly eventCategory: string;
  /** `CREATE`, `UPDATE`, … */
  readonly eventType: string;
  readonly eventDateUtc: string;
  readonly resourceUrl?: string;
  readonly [field: string]: unknown;
}

/**
 * Xero; a body holds several events, or none where Xero tries the address: then some signatures are wrong on purpose. All answers are empty, as
 * it demands. Lane: the resource of the tenant.
 */
export const xero = preset<XeroEvent>(
  {
    name: 'xero',
    title: 'Xero',
    page: 'https://developer.xero.com/documentation/guides/webhooks/configuring-your-server',
    confidence: 'documentation',
    secret: 'the webhooks key of the app',
    acknowledgeWithinSeconds: 5,
    version: 'eventDateUtc',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-xero-signature', encoding: 'base64' }),
    split: 'events',
    id: ({ body }) => joined(body.tenantId, body.resourceId, body.eventType, body.eventDateUtc),
    type: ({ body }) => `${body.eventCategory}.${body.eventType}`,
    lane: ({ body }) => joined(body.tenantId, body.resourceId),
    respond: answerWith({ status: 200 }),
    emptyRefusals: true,
  },
);
