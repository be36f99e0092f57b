import type { WebhookEvent } from '../../api/handler.ts';
import { bodyHash, joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';
import { xmlText } from '../../body/xml-text.ts';

/** Connect's JSON message; `retryCount` changes from try to try. */
export interface DocusignEvent {
  /** `envelope-completed`, `recipient-signed`, … */
  readonly event?: string;
  readonly generatedDateTime?: string;
  readonly retryCount?: number;
  readonly data?: {
    readonly envelopeId?: string;
    /** Of events about one of several recipients. */
    readonly recipientId?: string;
    readonly [field: string]: unknown;
  };
  /** Of the older JSON. */
  readonly envelopeId?: string;
  readonly status?: string;
  /** The whole text, where Connect sends XML. */
  readonly xml?: string;
  readonly [field: string]: unknown;
}

/** The root of Connect's XML. */
const inXml = (body: DocusignEvent, name: string) =>
  xmlText(body.xml ?? '', ['DocuSignEnvelopeInformation', 'EnvelopeStatus', name]);

const envelopeOf = (body: DocusignEvent) =>
  body.data?.envelopeId ?? body.envelopeId ?? inXml(body, 'EnvelopeID');

function id(e: WebhookEvent<DocusignEvent>) {
  const { event, generatedDateTime, data } = e.body;
  // The older JSON and XML are the envelope with all its times, and count no retries.
  return event === undefined
    ? bodyHash()(e)
    : joinedWith([data?.envelopeId ?? event, event, generatedDateTime], data?.recipientId);
}

function type({ body }: { body: DocusignEvent }) {
  if (body.event !== undefined) return body.event;
  const status = body.status ?? inXml(body, 'Status');
  return status && `envelope-${status.toLowerCase()}`;
}

/** DocuSign Connect, in JSON, the older JSON and XML, which signs with every key of the account. Lane: the envelope. */
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
    bodyFormats: ['json', 'xml'],
    id,
    type,
    lane: ({ body }) => envelopeOf(body),
  },
);
