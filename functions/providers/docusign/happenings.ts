import { json, type Happenings } from '../happenings.ts';

const docusign = (recipientId: string, retryCount: number) =>
  json({
    event: 'recipient-completed',
    generatedDateTime: '2026-03-01T12:00:00.000Z',
    retryCount,
    data: { envelopeId: 'e', recipientId },
  });
const envelope = (status: string) =>
  `<?xml version="1.0"?><DocuSignEnvelopeInformation><EnvelopeStatus><EnvelopeID>e</EnvelopeID><Status>${status}</Status></EnvelopeStatus></DocuSignEnvelopeInformation>`;

export const docusignHappenings: Happenings = {
  id: 'envelope, event, time and recipient; of the older JSON and XML the digest of the bytes',
  differ: 'the time, below the millisecond, and the recipient',
  first: docusign('1', 0),
  second: docusign('2', 0),
  again: docusign('1', 3),
  sameLane: [
    { body: envelope('Completed'), headers: { 'content-type': 'text/xml; charset=utf-8' } },
    json({ envelopeId: 'e', status: 'completed' }),
  ],
};
