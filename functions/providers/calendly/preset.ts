import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CalendlyEvent {
  /** `invitee.created`, `invitee.canceled`, … */
  readonly event: string;
  readonly created_at: string;
  readonly payload?: {
    readonly uri?: string;
    /** Whom a no-show is about. */
    readonly invitee?: string;
    readonly updated_at?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Calendly. Lane: the invitee or form submission. */
export const calendly = preset<CalendlyEvent>(
  {
    name: 'calendly',
    title: 'Calendly',
    page: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
    confidence: 'documentation',
    secret: 'the signing key of the webhook subscription',
    version: 'payload.updated_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'calendly-webhook-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      // Calendly comes again for a day, and does not say whether it signs anew.
      timestamp: { from: 'signature:t', unit: 's', toleranceSeconds: 25 * 3600, futureSeconds: 180 },
    }),
    id: (e) => joined(e.body.event, e.body.payload?.uri, e.body.created_at),
    type: 'event',
    lane: ({ body: { payload } }) => payload?.invitee ?? payload?.uri,
  },
);
