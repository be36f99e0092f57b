import { answerWith } from '../../api/answer.ts';
import { bodyHash, joined } from '../../sources/event-keys.ts';
import { acknowledge } from '../../handshakes/acknowledge.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/** One event of a body that holds several. */
export interface MandrillEvent {
  /** The message; inbound and sync events have none. */
  readonly _id?: string;
  /** `send`, `open`, `hard_bounce`, …; sync events have a `type` instead. */
  readonly event?: string;
  readonly type?: string;
  /** Whole seconds. */
  readonly ts: number;
  readonly [field: string]: unknown;
}

/** Mailchimp Transactional (Mandrill), which signs the address it calls; a body holds several events. Lane: the message. */
export const mandrill = preset<MandrillEvent>(
  {
    name: 'mandrill',
    title: 'Mailchimp Transactional (Mandrill)',
    page: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
    confidence: 'documentation',
    secret: 'the key of the webhook',
    version: 'ts',
  },
  {
    verify: signature({
      name: 'mandrill',
      algorithm: 'hmac-sha1',
      from: 'header:x-mandrill-signature',
      encoding: 'base64',
      signed: '{url}{sortedForm}',
    }),
    bodyFormats: ['form:mandrill_events'],
    // When a webhook is created; else Mandrill would try a POST that is signed with another key.
    handshakes: [acknowledge('address-check', 'HEAD')],
    split: '.',
    // Two links may be clicked in one second.
    id: (e) => joined(e.body._id, e.body.event, e.body.ts, bodyHash()(e)) ?? bodyHash()(e),
    type: ({ body, source }) => body.event ?? body.type ?? source,
    lane: '_id',
    respond: answerWith({ status: 200 }),
  },
);
