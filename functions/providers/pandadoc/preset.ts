import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface PandadocEvent {
  /** `document_state_changed`, … */
  readonly event: string;
  readonly data: { readonly id?: string; readonly date_modified?: string; readonly [field: string]: unknown };
}

/** PandaDoc, which signs in the query; a body holds several events. Lane: the document. */
export const pandadoc = preset<PandadocEvent>(
  {
    name: 'pandadoc',
    title: 'PandaDoc',
    page: 'https://developers.pandadoc.com/reference/webhooks-overview',
    confidence: 'documentation',
    secret: 'the shared key of the webhook subscription',
    unsigned: 'the event id (header)',
    version: 'data.date_modified',
  },
  {
    verify: signature({
      name: 'pandadoc',
      algorithm: 'hmac-sha256',
      from: 'query:signature',
      encoding: 'hex',
      signed: '{body}',
    }),
    split: '.',
    // The header since July 2026; before, the document came with the time of its change.
    id: (e) => joined(e.headers['x-pandadoc-webhook-event-id'], bodyHash()(e)) ?? bodyHash()(e),
    type: 'event',
    lane: 'data.id',
  },
);
