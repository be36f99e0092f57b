import { answerWith } from '../../api/answer.ts';
import { preset } from '../preset.ts';
import { any } from '../../signatures/combine.ts';
import { signature } from '../../signatures/signature.ts';

export interface MailgunEvent {
  readonly signature:
    | { readonly timestamp: string; readonly token: string; readonly signature: string }
    /** Of a form, whose fields these are: `timestamp`, `token`, `event`, `Message-Id`, … */
    | string;
  readonly token?: string;
  readonly event?: string;
  readonly 'Message-Id'?: string;
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

function signedAt(name: string, place: 'field:signature.' | 'form:') {
  return signature({
    name,
    algorithm: 'hmac-sha256',
    from: `${place}signature`,
    encoding: 'hex',
    signed: `{timestamp}{${place}token}`,
    // Mailgun comes again for 8 hours, and does not say whether it signs anew.
    timestamp: { from: `${place}timestamp`, unit: 's', toleranceSeconds: 9 * 3600, futureSeconds: 300 },
  });
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
    verify: any(
      signedAt('mailgun', 'field:signature.'),
      // Of its older webhooks and of the routes for incoming mail, which are forms.
      signedAt('mailgun-form', 'form:'),
    ),
    bodyFormats: ['json', 'form'],
    // The token of a form is random, and made for one event.
    id: ({ body }) => body['event-data']?.id ?? body.token,
    type: ({ body }) => body['event-data']?.event ?? body.event,
    lane: ({ body }) => body['event-data']?.message?.headers?.['message-id'] ?? body['Message-Id'],
    respond: answerWith({ status: 200 }),
  },
);
