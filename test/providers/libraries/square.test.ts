import { WebhooksHelper } from 'square';
import { squareSample } from '../../../functions/providers/square/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

agreesWithLibrary({
  name: 'square',
  sample: squareSample,
  keys: textSecrets,
  accepts: ({ body, headers, publicUrl = '' }, { secret }) =>
    WebhooksHelper.verifySignature({
      requestBody: Buffer.from(body).toString(),
      signatureHeader: headers['x-square-hmacsha256-signature'] ?? '',
      signatureKey: secret,
      notificationUrl: publicUrl,
    }),
});
