import { createRequire } from 'node:module';
import { coinbaseCommerceSample } from '../../../functions/providers/coinbase-commerce/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

const library = createRequire(import.meta.url)('coinbase-commerce-node/lib/Webhook.js') as {
  computeSignature(body: string, secret: string): string;
  verifySigHeader(body: string, signature: string, secret: string): boolean;
};

agreesWithLibrary({
  name: 'coinbase-commerce-node',
  sample: coinbaseCommerceSample,
  keys: textSecrets,
  sign: (request, { secret }) => {
    const signature = library.computeSignature(Buffer.from(request.body).toString(), secret);
    return { ...request, headers: { ...request.headers, 'x-cc-webhook-signature': signature } };
  },
  accepts: ({ body, headers }, { secret }) => {
    try {
      const signature = headers['x-cc-webhook-signature'] ?? '';
      return library.verifySigHeader(Buffer.from(body).toString(), signature, secret);
    } catch {
      return false;
    }
  },
});
