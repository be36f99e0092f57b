import { createRequire } from 'node:module';
import { razorpaySample } from '../../../functions/providers/razorpay/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

const { validateWebhookSignature } = createRequire(import.meta.url)(
  'razorpay/dist/utils/razorpay-utils.js',
) as {
  validateWebhookSignature: (body: string, signature: string, secret: string) => boolean;
};

agreesWithLibrary({
  name: 'razorpay',
  sample: razorpaySample,
  keys: textSecrets,
  accepts: ({ body, headers }, { secret }) =>
    validateWebhookSignature(Buffer.from(body).toString(), headers['x-razorpay-signature'] ?? '', secret),
});
