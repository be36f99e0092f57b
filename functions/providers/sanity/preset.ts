import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface SanityDocument {
  readonly _id?: string;
  readonly _type?: string;
  readonly _rev?: string;
  readonly _updatedAt?: string;
  readonly [field: string]: unknown;
}

/** Sanity’s GROQ webhooks. Type: the operation. Lane: the document. */
export const sanity = preset<SanityDocument>(
  {
    name: 'sanity',
    title: 'Sanity',
    page: 'https://www.sanity.io/docs/content-lake/webhook-best-practices',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
    unsigned: 'the idempotency key, the operation and the document id (headers)',
    version: '_updatedAt',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'sanity-webhook-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'base64url',
      signed: '{timestamp}.{body}',
      timestamp: { from: 'signature:t', unit: 'ms', toleranceSeconds: 3600, futureSeconds: 300 },
    }),
    id: 'header:idempotency-key',
    type: 'header:sanity-operation',
    lane: ({ headers, body }) => headers['sanity-document-id'] ?? body._id,
  },
);
