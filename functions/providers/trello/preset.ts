import { acknowledge } from '../../handshakes/acknowledge.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

export interface TrelloEvent {
  readonly action: {
    readonly id: string;
    /** `updateCard`, `commentCard`, … */
    readonly type: string;
    readonly date: string;
    readonly data: {
      readonly card?: { readonly id: string; readonly [field: string]: unknown };
      readonly board?: { readonly id: string; readonly [field: string]: unknown };
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
  readonly model?: unknown;
  readonly [field: string]: unknown;
}

/**
 * Trello signs the callback address behind the body, and by its own words the body as "binary": the low byte of every character. Lane: the
 * card, else the board.
 */
export const trello = preset<TrelloEvent>(
  {
    name: 'trello',
    title: 'Trello',
    page: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
    confidence: 'documentation',
    secret: 'the OAuth 1.0 secret of the API key',
    unsigned: 'all but the low byte of characters beyond Latin-1',
    version: 'action.date',
  },
  {
    verify: signature({
      name: 'trello',
      algorithm: 'hmac-sha1',
      from: 'header:x-trello-webhook',
      encoding: 'base64',
      signed: ['{bodyLowBytes}{url}', '{body}{url}'],
    }),
    handshakes: [acknowledge('callback-check', 'HEAD')],
    id: 'action.id',
    type: 'action.type',
    lane: ({ body: { action } }) => action.data.card?.id ?? action.data.board?.id,
  },
);
