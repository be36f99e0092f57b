import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { docusign } from '../../functions/providers/docusign/preset.ts';
import { docusignSample } from '../../functions/providers/docusign/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('docusign');

describe('its events', () => {
  const at = '2022-08-01T00:20:40.2730000Z';

  it('gives a retried event the id it had', async () => {
    const sent = (retryCount: number) =>
      JSON.stringify({
        event: 'envelope-sent',
        retryCount,
        generatedDateTime: at,
        data: { envelopeId: 'e1' },
      });

    expect(await eventsOf(docusign(), sent(0))).toEqual([[`e1/envelope-sent/${at}`, 'envelope-sent', 'e1']]);
    expect(await eventsOf(docusign(), sent(2))).toEqual([[`e1/envelope-sent/${at}`, 'envelope-sent', 'e1']]);
  });

  it('tells recipients of one envelope apart', async () => {
    const data = { envelopeId: 'e1', recipientId: '2' };
    const body = JSON.stringify({ event: 'recipient-completed', generatedDateTime: at, data });

    expect(await eventsOf(docusign(), body)).toEqual([
      [`e1/recipient-completed/${at}/2`, 'recipient-completed', 'e1'],
    ]);
  });
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: docusignSample,
  keys: textSecrets,
  // One header for each key of the account; ours need not be the first.
  sign: (request, { secret }) =>
    withHeaders(request, {
      'x-docusign-signature-1': hmac('sha256', 'key of another receiver', request.body).toString('base64'),
      'x-docusign-signature-2': hmac('sha256', secret, request.body).toString('base64'),
    }),
});

it('the XML of Connect, of the envelope and named after its status', async () => {
  const xml =
    '<?xml version="1.0" encoding="utf-8"?><DocuSignEnvelopeInformation xmlns="http://www.docusign.net/API/3.0">' +
    '<EnvelopeStatus><RecipientStatuses><RecipientStatus><Status>Sent</Status></RecipientStatus></RecipientStatuses>' +
    '<TimeGenerated>2026-03-01T12:00:00.0</TimeGenerated><EnvelopeID>e1</EnvelopeID><Status>Completed</Status></EnvelopeStatus></DocuSignEnvelopeInformation>';

  expect(await eventsOf(docusign(), xml, { 'content-type': 'text/xml; charset=utf-8' })).toEqual([
    [createHash('sha256').update(xml).digest('hex'), 'envelope-completed', 'e1'],
  ]);
});
