import { answerWith } from '../answer-with.ts';
import { preset } from '../preset.ts';
import { signature } from '../verify/signature.ts';

export interface MailgunEvent {
  readonly signature: { readonly timestamp: string; readonly token: string; readonly signature: string };
  readonly 'event-data'?: {
    readonly id: string;
    /** `delivered`, `failed`, `opened`, … */
    readonly event: string;
    /** Seconds with a fraction. */
    readonly timestamp: number;
    readonly message?: {
      readonly headers?: { readonly 'message-id'?: string };
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
}

/** Mailgun. Lane: the message. Only 200 keeps Mailgun from sending again. */
export const mailgun = preset<MailgunEvent>(
  {
    name: 'mailgun',
    title: 'Mailgun',
    page: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    confidence: 'second-hand',
    secret: 'the webhook signing key of the account',
    unsigned: 'the event itself: only a time and a token are signed',
    version: 'event-data.timestamp',
  },
  {
    verify: signature({
      name: 'mailgun',
      algorithm: 'hmac-sha256',
      from: 'field:signature.signature',
      encoding: 'hex',
      signed: '{timestamp}{field:signature.token}',
      // Mailgun comes again for 8 hours, and does not say whether it signs anew.
      timestamp: {
        from: 'field:signature.timestamp',
        unit: 's',
        toleranceSeconds: 9 * 3600,
        futureSeconds: 300,
      },
    }),
    id: 'event-data.id',
    type: 'event-data.event',
    lane: ({ body }) => body['event-data']?.message?.headers?.['message-id'],
    respond: answerWith({ status: 200 }),
  },
);
