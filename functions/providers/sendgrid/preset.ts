import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/** One event of a body that holds many. */
export interface SendgridEvent {
  readonly sg_event_id?: string;
  readonly sg_message_id?: string;
  /** `delivered`, `open`, `bounce`, … */
  readonly event: string;
  readonly email?: string;
  /** Whole seconds. */
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

/** Twilio SendGrid's signed event webhook; a body holds several events. Lane: the message. */
export const sendgrid = preset<SendgridEvent>(
  {
    name: 'sendgrid',
    title: 'Twilio SendGrid',
    page: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
    confidence: 'library',
    secret: 'the verification key of the event webhook (base64)',
    version: 'timestamp',
  },
  {
    verify: signature({
      name: 'sendgrid',
      algorithm: 'ecdsa-p256-sha256',
      key: { format: 'spki-base64' },
      from: 'header:x-twilio-email-event-webhook-signature',
      encoding: 'base64',
      signed: '{timestamp}{body}',
      timestamp: { from: 'header:x-twilio-email-event-webhook-timestamp', unit: 's' },
    }),
    split: '.',
    id: (e) => e.body.sg_event_id ?? bodyHash()(e),
    type: 'event',
    lane: 'sg_message_id',
  },
);
