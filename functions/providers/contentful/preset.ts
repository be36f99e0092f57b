import { joined, joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { contentfulSignature } from './signature.ts';

interface Link {
  readonly sys: { readonly id: string; readonly [field: string]: unknown };
}

/** An entry, asset or another resource; which event it is stands in the `X-Contentful-Topic` header. */
export interface ContentfulResource {
  readonly sys: {
    readonly id: string;
    readonly type: string;
    readonly version?: number;
    readonly revision?: number;
    readonly updatedAt?: string;
    readonly space?: Link;
    readonly environment?: Link;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Contentful signs the address without its host. Lane: the resource in its environment. */
export const contentful = preset<ContentfulResource>(
  {
    name: 'contentful',
    title: 'Contentful',
    page: 'https://www.contentful.com/developers/docs/webhooks/request-verification/',
    confidence: 'library',
    secret: 'the signing secret of the space (64 characters)',
    unsigned: 'headers that x-contentful-signed-headers does not name',
    // What is saved counts versions, what is published counts revisions: order by this where only one of the two is sent.
    version: ({ body: { sys } }) => sys.version ?? sys.revision,
  },
  {
    verify: contentfulSignature(),
    id: ({ headers, body: { sys } }) =>
      headers['x-contentful-idempotency-key'] ??
      joined(
        headers['x-contentful-topic'],
        joinedWith([sys.id], sys.environment?.sys.id, sys.space?.sys.id),
        sys.version ?? sys.revision ?? sys.updatedAt,
      ),
    type: 'header:X-Contentful-Topic',
    // A copy of an environment has the same ids, and versions of its own.
    lane: ({ body: { sys } }) => joinedWith([sys.id], sys.environment?.sys.id, sys.space?.sys.id),
  },
);
