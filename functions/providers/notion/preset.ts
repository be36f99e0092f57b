import { keepSecret } from '../../handshakes/keep-secret.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** A thin event: fetch the entity. `attempt_number` changes from try to try. */
export interface NotionEvent {
  readonly id: string;
  /** `page.content_updated`, `comment.created`, … */
  readonly type: string;
  readonly timestamp: string;
  readonly attempt_number?: number;
  readonly entity: { readonly id: string; readonly type: string };
  readonly data?: { readonly page_id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Notion. Lane: the page, data source or comment. */
export const notion = preset<NotionEvent>(
  {
    name: 'notion',
    title: 'Notion',
    page: 'https://developers.notion.com/reference/webhooks',
    confidence: 'library',
    secret: 'the verification token, which Notion hands over when the subscription is created',
    version: 'timestamp',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-notion-signature', prefix: 'sha256=', encoding: 'hex' }),
    handshakes: [
      keepSecret({ name: 'secret', from: 'field:verification_token', signature: 'x-notion-signature' }),
    ],
    id: 'id',
    type: 'type',
    // A comment belongs to its page.
    lane: ({ body: { data, entity } }) => data?.page_id ?? entity.id,
  },
);
