import { signWebhookPayload, verifyWebhookSignature } from '@notionhq/client';
import { notionSample } from '../../../functions/providers/notion/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';
import { withHeaders } from '../documented-formula.ts';

agreesWithLibrary({
  name: '@notionhq/client',
  sample: notionSample,
  keys: textSecrets,
  sign: async (request, { secret }) => {
    const signed = { body: Buffer.from(request.body).toString(), verificationToken: secret };
    return withHeaders(request, { 'x-notion-signature': await signWebhookPayload(signed) });
  },
  accepts: ({ body, headers }, { secret }) =>
    verifyWebhookSignature({
      body: Buffer.from(body).toString(),
      signature: headers['x-notion-signature'] ?? '',
      verificationToken: secret,
    }),
});
