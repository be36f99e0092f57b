import { bodyHash, joined } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../verify/signature.ts';

/** Connect's JSON message; `retryCount` changes from try to try. */
export interface DocusignEvent {
  /** `envelope-completed`, `recipient-signed`, … */
  readonly event: string;
  readonly generatedDateTime: string;
  readonly retryCount?: number;
  readonly data?: {
    readonly envelopeId?: string;
    /** Of events about one of several recipients. */
    readonly recipientId?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

function id({ body, raw }: { body: DocusignEvent; raw: Uint8Array }) {
  const { event, generatedDateTime, data } = body;
  const id = joined(data?.envelopeId, event, generatedDateTime) ?? bodyHash({ raw });
  return data?.recipientId === undefined ? id : joined(id, data.recipientId);
}

/** DocuSign Connect, JSON, which signs with every key of the account. Lane: the envelope. */
export const docusign = preset<DocusignEvent>(
  {
    name: 'docusign',
    title: 'DocuSign Connect',
    page: 'https://developers.docusign.com/platform/webhooks/connect/validate/',
    confidence: 'documentation',
    secret: 'any of the Connect keys of the account',
    acknowledgeWithinSeconds: 100,
    version: 'generatedDateTime',
  },
  {
    verify: signature({
      name: 'docusign',
      algorithm: 'hmac-sha256',
      from: 'headers:x-docusign-signature-',
      encoding: 'base64',
      signed: '{body}',
    }),
    id,
    type: 'event',
    lane: 'data.envelopeId',
  },
);
