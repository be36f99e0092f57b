import { answerWith } from '../../api/answer.ts';
import { bodyHash, joined } from '../../sources/event-keys.ts';
import { acknowledge } from '../../handshakes/acknowledge.ts';
import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

/** Fields of a form. */
export interface MailchimpEvent {
  /** `subscribe`, `unsubscribe`, `profile`, `upemail`, `cleaned` or `campaign`. */
  readonly type: string;
  /** `2009-03-26 21:35:57`, without a zone. */
  readonly fired_at: string;
  readonly 'data[id]'?: string;
  readonly 'data[list_id]'?: string;
  readonly 'data[email]'?: string;
  /** The address that changes, in `upemail`. */
  readonly 'data[old_email]'?: string;
  readonly [field: string]: unknown;
}

/** The address in its audience, else the campaign. */
function lane({ body }: { body: MailchimpEvent }) {
  const who = body['data[email]'] ?? body['data[old_email]'] ?? body['data[id]'];
  return joined(body['data[list_id]'], who);
}

/** Mailchimp, which signs nothing: register the address with `?secret=…`. Lane: the subscriber of the audience. */
export const mailchimp = preset<MailchimpEvent>(
  {
    name: 'mailchimp',
    title: 'Mailchimp Marketing',
    page: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
    confidence: 'documentation',
    secret: 'what the address registered with Mailchimp has after ?secret=',
    unsigned: 'everything: a key in the address says who calls, not what was sent',
    version: 'fired_at',
  },
  {
    verify: apiKey({ query: 'secret' }),
    bodyFormats: ['form'],
    // When an address is registered.
    handshakes: [acknowledge('address-check', 'GET')],
    // Says when it happened, to the second; two that are equal within one say the same of the same subscriber.
    id: bodyHash(),
    type: 'type',
    lane,
    respond: answerWith({ status: 200 }),
  },
);
