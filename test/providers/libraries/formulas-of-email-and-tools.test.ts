import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airtableSample } from '../../../functions/providers/airtable/sample.ts';
import { asanaSample } from '../../../functions/providers/asana/sample.ts';
import { calendlySample } from '../../../functions/providers/calendly/sample.ts';
import { docusignSample } from '../../../functions/providers/docusign/sample.ts';
import { dropboxSample } from '../../../functions/providers/dropbox/sample.ts';
import { intercomSample } from '../../../functions/providers/intercom/sample.ts';
import { mailgunSample } from '../../../functions/providers/mailgun/sample.ts';
import { mandrillSample } from '../../../functions/providers/mandrill/sample.ts';
import { typeformSample } from '../../../functions/providers/typeform/sample.ts';
import { zendeskSample } from '../../../functions/providers/zendesk/sample.ts';
import { agreesWithLibrary, jsonBodies, now, textSecrets } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

const name = 'the documented formula';
const seconds = String(now.getTime() / 1000);

describe('Zendesk', () => {
  agreesWithLibrary({
    name,
    sample: zendeskSample,
    keys: textSecrets,
    sign: (request, { secret }) => {
      const timestamp = now.toISOString().replace('.000', '');
      return withHeaders(request, {
        'x-zendesk-webhook-signature-timestamp': timestamp,
        'x-zendesk-webhook-signature': hmac('sha256', secret, timestamp, request.body).toString('base64'),
      });
    },
  });
});

describe('Intercom', () => {
  agreesWithLibrary({
    name,
    sample: intercomSample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-hub-signature': `sha1=${hmac('sha1', secret, request.body).toString('hex')}`,
      }),
  });
});

describe('Asana', () => {
  agreesWithLibrary({
    name,
    sample: asanaSample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, { 'x-hook-signature': hmac('sha256', secret, request.body).toString('hex') }),
  });
});

describe('Airtable', () => {
  agreesWithLibrary({
    name,
    sample: airtableSample,
    keys: fc
      .uint8Array({ minLength: 16, maxLength: 64 })
      .map((key) => ({ secret: Buffer.from(key).toString('base64') })),
    sign: (request, { secret }) => {
      const mac = hmac('sha256', Buffer.from(secret, 'base64'), request.body).toString('hex');
      return withHeaders(request, { 'x-airtable-content-mac': `hmac-sha256=${mac}` });
    },
  });
});

describe('Calendly', () => {
  agreesWithLibrary({
    name,
    sample: calendlySample,
    keys: textSecrets,
    sign: (request, { secret }) => {
      const signature = hmac('sha256', secret, `${seconds}.`, request.body).toString('hex');
      return withHeaders(request, { 'calendly-webhook-signature': `t=${seconds},v1=${signature}` });
    },
  });
});

describe('Typeform', () => {
  agreesWithLibrary({
    name,
    sample: typeformSample,
    keys: textSecrets,
    sign: (request, { secret }) => {
      const signature = hmac('sha256', secret, request.body).toString('base64');
      return withHeaders(request, { 'typeform-signature': `sha256=${signature}` });
    },
  });
});

describe('DocuSign', () => {
  agreesWithLibrary({
    name,
    sample: docusignSample,
    keys: textSecrets,
    // One header for each key of the account; ours need not be the first.
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-docusign-signature-1': hmac('sha256', 'key of another receiver', request.body).toString('base64'),
        'x-docusign-signature-2': hmac('sha256', secret, request.body).toString('base64'),
      }),
  });
});

describe('Dropbox', () => {
  agreesWithLibrary({
    name,
    sample: dropboxSample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, { 'x-dropbox-signature': hmac('sha256', secret, request.body).toString('hex') }),
  });
});

describe('Mandrill', () => {
  agreesWithLibrary({
    name,
    sample: mandrillSample,
    keys: textSecrets,
    bodies: jsonBodies.map((events) => new URLSearchParams({ mandrill_events: events }).toString()),
    sign: (request, { secret }) => {
      const fields = [...new URLSearchParams(Buffer.from(request.body).toString())].sort();
      const signed = 'https://hooks.example.com/webhooks/mandrill' + fields.flat().join('');
      return withHeaders(request, {
        'x-mandrill-signature': hmac('sha1', secret, signed).toString('base64'),
      });
    },
  });
});

describe('Mailgun', () => {
  it('agrees with the documented formula, which signs a time and a token', async () => {
    const tokens = fc.stringMatching(/^[0-9a-f]{50}$/);
    const verdict = async (signature: Record<string, string>, secret: string) => {
      const body = Buffer.from(JSON.stringify({ signature, 'event-data': { id: 'ü' } }));
      const request = { method: 'POST', path: '/', rawQuery: '', headers: {}, body };
      return (await mailgunSample.source.verify.verify(request, [secret], now)).verified;
    };

    await fc.assert(
      fc.asyncProperty(tokens, tokens, textSecrets, textSecrets, async (token, other, key, otherKey) => {
        const signed = {
          timestamp: seconds,
          token,
          signature: hmac('sha256', key.secret, seconds + token).toString('hex'),
        };

        expect(await verdict(signed, key.secret)).toBe(true);
        expect(await verdict({ ...signed, token: other }, key.secret)).toBe(other === token);
        expect(await verdict(signed, otherKey.secret)).toBe(key.secret === otherKey.secret);
      }),
      { numRuns: 200 },
    );
  });
});
