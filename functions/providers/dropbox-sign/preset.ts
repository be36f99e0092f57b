import { answerWith } from '../../api/answer.ts';
import { bodyHash, joinedWith } from '../../sources/event-keys.ts';
import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface DropboxSignEvent {
  readonly event: {
    /** Whole seconds. */
    readonly event_time: string;
    /** `signature_request_signed`, … */
    readonly event_type: string;
    readonly event_hash: string;
    readonly event_metadata?: {
      /** Which of several signers it was. */
      readonly related_signature_id?: string | null;
      readonly [field: string]: unknown;
    };
  };
  readonly signature_request?: {
    readonly signature_request_id: string;
    readonly [field: string]: unknown;
  };
  readonly template?: { readonly template_id: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

const subject = ({ signature_request, template }: DropboxSignEvent) =>
  signature_request?.signature_request_id ?? template?.template_id;

/** What Dropbox Sign takes for success, and nothing else. */
const received = { status: 200, body: 'Hello API Event Received' };

/** Dropbox Sign (HelloSign). Lane: the signature request. */
export const dropboxSign = preset<DropboxSignEvent>(
  {
    name: 'dropbox-sign',
    title: 'Dropbox Sign',
    page: 'https://developers.hellosign.com/docs/events/walkthrough/',
    confidence: 'library',
    secret: 'an API key of the account',
    unsigned: 'everything but the type and the time of the event',
    version: 'event.event_time',
  },
  {
    verify: signature({
      name: 'dropbox-sign',
      algorithm: 'hmac-sha256',
      from: 'form-field:json.event.event_hash',
      encoding: 'hex',
      signed: '{form-field:json.event.event_time}{form-field:json.event.event_type}',
    }),
    bodyFormats: ['form:json'],
    handshakes: [ping('callback-test', { 'form-field:json.event.event_type': 'callback_test' }, received)],
    // The hash is the same for all requests of one second.
    id: (e) => {
      const { event_hash: hash, event_metadata: metadata } = e.body.event;
      return joinedWith([hash, subject(e.body) ?? bodyHash()(e)], metadata?.related_signature_id);
    },
    type: 'event.event_type',
    lane: ({ body }) => subject(body),
    respond: answerWith(received),
  },
);
