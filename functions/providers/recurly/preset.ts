import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** What happened to which object, and no more: fetch the object. */
export interface RecurlyEvent {
  readonly object_type: string;
  readonly event_type: string;
  readonly event_time?: string;
  readonly uuid?: string;
  readonly account_code?: string;
  readonly [field: string]: unknown;
}

/** Recurly's JSON webhooks; the XML ones are not signed. Lane: the account, else the object. */
export const recurly = preset<RecurlyEvent>(
  {
    name: 'recurly',
    title: 'Recurly (JSON)',
    page: 'https://docs.recurly.com/recurly-subscriptions/docs/signature-verification',
    confidence: 'documentation',
    secret: 'the signing secret of the endpoint',
    acknowledgeWithinSeconds: 5,
    version: 'event_time',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'recurly-signature',
      shape: { kind: 'first', separator: ',', name: 'timestamp' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      // Ten tries in 18 hours, of which Recurly does not say whether they are signed anew.
      timestamp: { from: 'signature:timestamp', unit: 'ms', toleranceSeconds: 20 * 3600, futureSeconds: 300 },
    }),
    // Every notification says when it happened.
    id: bodyHash(),
    type: ({ body }) => `${body.object_type}.${body.event_type}`,
    lane: ({ body }) => body.account_code ?? body.uuid,
  },
);
